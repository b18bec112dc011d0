using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Shapes.Significance;

/// <summary>
/// The space normal to a shape's placements at one member, scaled so that to leading order the residual is the Euclidean norm.
/// </summary>
/// <remarks>
/// Points and displacements are row-major count×dim. The q = <see cref="Codimension"/> vectors of the basis are eigenvectors of Q, divided
/// by the square roots of their eigenvalues.
/// </remarks>
internal sealed class NormalSlice
{
    private readonly Shape _shape;
    private readonly double _t;
    private readonly double[] _x;
    private readonly double[][] _basis;

    public NormalSlice(Shape shape, double t)
    {
        (_shape, _t, _x) = (shape, t, shape.Vertices(t));
        var geometry = new TangentGeometry(_x, shape.Dim, shape.Count);
        double[] q = geometry.Residual;
        int kernel = geometry.Rotations.Count,
            size = geometry.Size;
        if (shape.Parameter is { } range)
        {
            TubeVolume.ProjectOut(q, geometry.Tangent(TubeVolume.Velocity(shape, range, t)));
            kernel++;
        }
        var eigen = Matrix<double>.Build.DenseOfRowMajor(size, size, q).Evd(Symmetricity.Symmetric);
        int[] normal = [.. Enumerable.Range(0, size).OrderBy(k => eigen.EigenValues[k].Real).Skip(kernel)];
        _basis = [.. normal.Select(k => geometry.Ambient((eigen.EigenVectors.Column(k) / Math.Sqrt(eigen.EigenValues[k].Real)).ToArray()))];
    }

    public int Codimension => _basis.Length;

    /// <summary>Σ_k scale·u_k·b_k.</summary>
    public double[] Displacement(double[] u, double scale)
    {
        double[] w = new double[_x.Length];
        for (int k = 0; k < u.Length; k++)
        {
            for (int j = 0; j < w.Length; j++)
                w[j] += scale * u[k] * _basis[k][j];
        }
        return w;
    }

    /// <summary>y = normalise(x + s·w), vertex by vertex.</summary>
    public void Point(double[] w, double s, double[] y) => Point(_x, w, s, y);

    /// <summary>ln of the volume that the derivatives of (rotation, parameter, ν) ↦ y span at a displacement.</summary>
    public double LogJacobian(double[] displacement)
    {
        int d = _shape.Dim,
            c = _shape.Count;
        double[] y = new double[_x.Length];
        Point(_x, displacement, 1, y);
        List<double[]> columns = [.. TangentGeometry.RotationVelocities(y, d, c)];
        if (_shape.Parameter is { } range)
            columns.Add(AlongFamily(displacement, range));
        foreach (double[] b in _basis)
            columns.Add(Pushed(b, displacement, y));
        return DenseForm.Orthonormalise(columns);

        // Derivative of normalise at x_i + δ_i: the tangential part over the length.
        double[] Pushed(double[] v, double[] delta, double[] at)
        {
            double[] pushed = new double[v.Length];
            for (int i = 0; i < c; i++)
            {
                double length = 0,
                    radial = 0;
                for (int k = i * d; k < (i + 1) * d; k++)
                {
                    length += (_x[k] + delta[k]) * (_x[k] + delta[k]);
                    radial += v[k] * at[k];
                }
                length = Math.Sqrt(length);
                for (int k = i * d; k < (i + 1) * d; k++)
                    pushed[k] = (v[k] - radial * at[k]) / length;
            }
            return pushed;
        }
    }

    // The normal space moves with the parameter: the derivative is that of the displacement, projected on the normal spaces at t ± h.
    private double[] AlongFamily(double[] displacement, ShapeParameter range)
    {
        double h = 1e-4 * (range.High - range.Low);
        double[] after = Member(_t + h),
            before = Member(_t - h);
        return [.. after.Zip(before, (a, b) => (a - b) / (2 * h))];

        double[] Member(double t)
        {
            double[] x = _shape.Vertices(t),
                y = new double[x.Length];
            Point(x, Normal(displacement, x, TubeVolume.Velocity(_shape, range, t)), 1, y);
            return y;
        }
    }

    // Removes the radial parts, the rotations and the direction of the family.
    private double[] Normal(double[] v, double[] x, double[] velocity)
    {
        int d = _shape.Dim;
        double[] normal = [.. v];
        for (int i = 0; i < _shape.Count; i++)
        {
            double radial = DenseForm.Dot(normal.AsSpan(i * d, d), x.AsSpan(i * d, d));
            for (int k = i * d; k < (i + 1) * d; k++)
                normal[k] -= radial * x[k];
        }
        List<double[]> axes = [.. TangentGeometry.RotationVelocities(x, d, _shape.Count), velocity];
        DenseForm.Orthonormalise(axes);
        foreach (double[] axis in axes)
            DenseForm.Subtract(normal, axis);
        return normal;
    }

    private void Point(double[] x, double[] w, double s, double[] y)
    {
        int d = _shape.Dim;
        for (int i = 0; i < _shape.Count; i++)
        {
            double squared = 0;
            for (int k = i * d; k < (i + 1) * d; k++)
            {
                y[k] = x[k] + s * w[k];
                squared += y[k] * y[k];
            }
            double length = Math.Sqrt(squared);
            for (int k = i * d; k < (i + 1) * d; k++)
                y[k] /= length;
        }
    }
}
