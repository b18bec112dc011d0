namespace Geometry.Shapes.Significance;

/// <summary>
/// Second-order geometry of a configuration of c unit vectors in (S^{d−1})^c: the squared residual δᵀQδ in orthonormal coordinates δ of the
/// tangent spaces (N = c(d−1) of them), and the directions in which it vanishes.
/// </summary>
/// <remarks>
/// Q = (2/(c(c−1))) Σ_{i&lt;j} g_ij g_ijᵀ with g_ij the gradient of the angle ∠(x_i, x_j), which moves x_i away from x_j and x_j away from
/// x_i. At an antipodal pair the angle is π − ‖relative tangential displacement‖, not differentiable, but its squared difference from π is
/// the sum of squares of d−1 linear forms, which take the place of the gradient. The kernel of Q is exactly the space of infinitesimal
/// rotations. O(c²d² + N²).
/// </remarks>
internal sealed class TangentGeometry
{
    private const double Antipodal = 1e-6;
    private readonly double[] _x;
    private readonly double[][] _basis;
    private readonly int _d;
    private readonly int _c;

    /// <param name="vertices">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">d ≥ 2.</param>
    /// <param name="count">c.</param>
    public TangentGeometry(double[] vertices, int dim, int count)
    {
        (_x, _d, _c) = (vertices, dim, count);
        _basis = [.. Enumerable.Range(0, count).Select(i => TangentBasis(vertices.AsSpan(i * dim, dim)))];
        Residual = ResidualForm();
        Rotations = [.. RotationVelocities(vertices, dim, count).Select(Tangent)];
    }

    /// <summary>N = c(d−1).</summary>
    public int Size => _c * (_d - 1);

    /// <summary>Q, row-major N×N.</summary>
    public double[] Residual { get; }

    /// <summary>The infinitesimal rotations, d(d−1)/2 vectors of length N, one per generator.</summary>
    public IReadOnlyList<double[]> Rotations { get; }

    /// <summary>The velocities of all vertices under each generator of the rotations, d(d−1)/2 of them, row-major count×dim.</summary>
    public static IEnumerable<double[]> RotationVelocities(double[] x, int dim, int count)
    {
        for (int a = 0; a < dim; a++)
        {
            for (int b = a + 1; b < dim; b++)
            {
                double[] velocity = new double[x.Length];
                for (int i = 0; i < count; i++)
                    (velocity[i * dim + a], velocity[i * dim + b]) = (-x[i * dim + b], x[i * dim + a]);
                yield return velocity;
            }
        }
    }

    /// <summary>A velocity of all vertices (row-major count×dim), in tangent coordinates.</summary>
    public double[] Tangent(double[] velocity)
    {
        double[] coordinates = new double[_c * (_d - 1)];
        for (int i = 0; i < _c; i++)
            Project(i, velocity.AsSpan(i * _d, _d), coordinates.AsSpan(i * (_d - 1), _d - 1));
        return coordinates;
    }

    /// <summary>A vector in tangent coordinates as a velocity of all vertices, row-major count×dim.</summary>
    public double[] Ambient(ReadOnlySpan<double> coordinates)
    {
        double[] velocity = new double[_c * _d];
        for (int i = 0; i < _c; i++)
        {
            for (int a = 0; a < _d - 1; a++)
            {
                for (int k = 0; k < _d; k++)
                    velocity[i * _d + k] += coordinates[i * (_d - 1) + a] * _basis[i][a * _d + k];
            }
        }
        return velocity;
    }

    private void Project(int i, ReadOnlySpan<double> v, Span<double> coordinates)
    {
        for (int a = 0; a < _d - 1; a++)
        {
            coordinates[a] = 0;
            for (int k = 0; k < _d; k++)
                coordinates[a] += _basis[i][a * _d + k] * v[k];
        }
    }

    private double[] ResidualForm()
    {
        int t = _d - 1;
        double[] q = new double[Size * Size];
        double[] toOther = new double[_d],
            gi = new double[t],
            gj = new double[t];
        for (int i = 0; i < _c; i++)
        {
            for (int j = i + 1; j < _c; j++)
            {
                ReadOnlySpan<double> xi = _x.AsSpan(i * _d, _d),
                    xj = _x.AsSpan(j * _d, _d);
                double cos = 0;
                for (int k = 0; k < _d; k++)
                    cos += xi[k] * xj[k];
                double sin = Math.Sqrt(Math.Max(0, 1 - cos * cos));
                if (cos < 0 && sin < Antipodal)
                {
                    for (int a = 0; a < t; a++)
                    {
                        // x_i + x_j moves by δ_i + δ_j, here in the basis of x_i, which spans the tangent space of −x_i too.
                        ReadOnlySpan<double> axis = _basis[i].AsSpan(a * _d, _d);
                        Array.Clear(gi);
                        gi[a] = 1;
                        Project(j, axis, gj);
                        Add(q, Size, i, j, gi, gj);
                    }
                    continue;
                }
                for (int k = 0; k < _d; k++)
                    toOther[k] = -(xj[k] - cos * xi[k]) / sin;
                Project(i, toOther, gi);
                for (int k = 0; k < _d; k++)
                    toOther[k] = -(xi[k] - cos * xj[k]) / sin;
                Project(j, toOther, gj);
                Add(q, Size, i, j, gi, gj);
            }
        }
        for (int k = 0; k < q.Length; k++)
            q[k] *= 2.0 / (_c * (_c - 1));
        return q;
    }

    private static void Add(double[] q, int n, int i, int j, double[] gi, double[] gj)
    {
        int t = gi.Length;
        for (int a = 0; a < t; a++)
        {
            for (int b = 0; b < t; b++)
            {
                q[(i * t + a) * n + i * t + b] += gi[a] * gi[b];
                q[(i * t + a) * n + j * t + b] += gi[a] * gj[b];
                q[(j * t + a) * n + i * t + b] += gj[a] * gi[b];
                q[(j * t + a) * n + j * t + b] += gj[a] * gj[b];
            }
        }
    }

    // Orthonormal basis of the complement of x: rows 1 … d−1 of the Householder reflection that carries x to ±e_0.
    private static double[] TangentBasis(ReadOnlySpan<double> x)
    {
        int d = x.Length;
        double[] basis = new double[(d - 1) * d];
        double sign = x[0] >= 0 ? 1 : -1,
            scale = 1 / (1 + Math.Abs(x[0]));
        for (int a = 1; a < d; a++)
        {
            for (int k = 0; k < d; k++)
            {
                double u = k == 0 ? x[0] + sign : x[k];
                basis[(a - 1) * d + k] = (k == a ? 1 : 0) - scale * x[a] * u;
            }
        }
        return basis;
    }
}
