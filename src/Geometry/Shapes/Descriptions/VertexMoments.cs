using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Descriptions;

/// <summary>
/// Numbers of each direction that every symmetry keeps, with their variance under noise: s_l(v) = Σ_j G_l(x_v·x_j) for the first degrees l.
/// </summary>
/// <remarks>
/// <para>
/// G_l is the Gegenbauer polynomial of <see cref="SphericalDesign"/>. To first order the variance of s_l(v) is σ²·(Σ_j (1−u_j²)·G_l′(u_j)²
/// + ‖P_v Σ_j G_l′(u_j) x_j‖²), with u_j = x_v·x_j and P_v the projector onto the tangent space. The first term comes from the noise of the
/// other directions, the second from that of v. Between random directions the s_l differ by 1/(σ·√(2 l(l+d−2))) times that standard
/// deviation, which is five to ten times for the first degrees at σ = 0.02, so that few directions look alike.
/// </para>
/// <para>Complexity: O(count²·dim). Layout: one row of <see cref="Degrees"/> numbers per direction.</para>
/// </remarks>
internal sealed class VertexMoments
{
    /// <summary>Number of degrees that are compared, from l = 1 on.</summary>
    private const int Degrees = 3;

    private const double Rounding = 1e-12;
    private readonly double[] _moments;
    private readonly double[] _variances;
    private readonly double _deviations;

    /// <param name="x">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">d ≥ 1.</param>
    /// <param name="count">c ≥ 1.</param>
    /// <param name="cosines">x_i·x_j, row-major count×count.</param>
    /// <param name="sigma">σ, radians per coordinate, &gt; 0.</param>
    /// <param name="deviations">Number of standard deviations by which the moments of two directions may differ when one is the image of
    /// the other.</param>
    public VertexMoments(ReadOnlySpan<double> x, int dim, int count, ReadOnlySpan<double> cosines, double sigma, double deviations)
    {
        _deviations = deviations;
        _moments = new double[count * Degrees];
        _variances = new double[count * Degrees];
        // G_1 = u, G_2 = a_1u² − b_1, G_3 = a_2u·G_2 − b_2u with a_l = (2l+d−2)/(l+d−2), b_l = l/(l+d−2).
        double a1 = dim / Math.Max(1, dim - 1.0),
            b1 = 1 / Math.Max(1, dim - 1.0),
            a2 = (dim + 2.0) / dim,
            b2 = 2.0 / dim;
        // Σ_j G_l′(u_j) x_j is linear in Σ x_j for l = 1 and in Σ x_j x_jᵀ for l = 2.
        double[] sum = new double[dim],
            scatter = new double[dim * dim],
            gradient = new double[dim];
        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<double> other = x.Slice(j * dim, dim);
            Vectors.Axpy(1, other, sum);
            Vectors.AddOuterProduct(other, scatter);
        }
        for (int v = 0; v < count; v++)
        {
            ReadOnlySpan<double> row = x.Slice(v * dim, dim),
                u = cosines.Slice(v * count, count);
            Span<double> moments = _moments.AsSpan(v * Degrees, Degrees),
                variances = _variances.AsSpan(v * Degrees, Degrees);
            Array.Clear(gradient);
            for (int j = 0; j < count; j++)
            {
                if (j == v)
                    continue;
                double square = u[j] * u[j],
                    sine = Math.Max(0, 1 - square),
                    second = (a1 * square) - b1;
                double slope2 = 2 * a1 * u[j],
                    slope3 = (a2 * (second + (u[j] * slope2))) - b2;
                moments[0] += u[j];
                moments[1] += second;
                moments[2] += ((a2 * second) - b2) * u[j];
                variances[0] += sine;
                variances[1] += sine * slope2 * slope2;
                variances[2] += sine * slope3 * slope3;
                Vectors.Axpy(slope3, x.Slice(j * dim, dim), gradient);
            }
            variances[2] += Tangential(gradient, row);
            for (int k = 0; k < dim; k++)
                gradient[k] = 2 * a1 * (Vectors.Dot(scatter.AsSpan(k * dim, dim), row) - row[k]);
            variances[1] += Tangential(gradient, row);
            for (int k = 0; k < dim; k++)
                gradient[k] = sum[k] - row[k];
            variances[0] += Tangential(gradient, row);
            for (int l = 0; l < Degrees; l++)
                variances[l] *= sigma * sigma;
        }
    }

    /// <summary>The squared length of a vector's part orthogonal to a direction.</summary>
    private static double Tangential(ReadOnlySpan<double> vector, ReadOnlySpan<double> direction)
    {
        double along = Vectors.Dot(vector, direction);
        return Math.Max(0, Vectors.Dot(vector, vector) - (along * along));
    }

    /// <summary>Whether two directions may be images of each other.</summary>
    public bool Alike(int v, int w)
    {
        for (int l = 0; l < Degrees; l++)
        {
            double difference = _moments[(v * Degrees) + l] - _moments[(w * Degrees) + l];
            double variance = _variances[(v * Degrees) + l] + _variances[(w * Degrees) + l];
            if (difference * difference > Rounding + (_deviations * _deviations * variance))
                return false;
        }
        return true;
    }
}
