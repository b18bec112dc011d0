using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Descriptions;

/// <summary>Numbers that a direction keeps under every symmetry, with their noise: s_l(v) = Σ_j G_l(x_v·x_j) for the first degrees l.</summary>
/// <remarks>
/// <para>
/// G_l is the Gegenbauer polynomial of <see cref="SphericalDesign"/>. To first order the variance of s_l(v) is σ²·(Σ_j (1−u_j²)·G_l′(u_j)² + ‖P_v Σ_j G_l′(u_j) x_j‖²), u_j = x_v·x_j, P_v the projector onto
/// the tangent space: the others' noise, and its own. Where directions are random the s_l differ from one to the next by 1/(σ·√(2 l(l+d−2))) times that, five- to tenfold for the first degrees at σ = 0.02: few
/// directions look alike.
/// </para>
/// <para>Complexity: O(count²·dim). Layout: one row of <see cref="Degrees"/> numbers a direction.</para>
/// </remarks>
internal sealed class VertexMoments
{
    /// <summary>Degrees l = 1 … that are compared.</summary>
    private const int Degrees = 3;

    private const double Rounding = 1e-12;
    private readonly double[] _moments;
    private readonly double[] _variances;
    private readonly double _deviations;

    /// <param name="x">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">d ≥ 1.</param>
    /// <param name="count">c ≥ 1.</param>
    /// <param name="sigma">σ, radians a coordinate, &gt; 0.</param>
    /// <param name="deviations">Standard deviations that two equal directions may differ by.</param>
    public VertexMoments(ReadOnlySpan<double> x, int dim, int count, double sigma, double deviations)
    {
        _deviations = deviations;
        _moments = new double[count * Degrees];
        _variances = new double[count * Degrees];
        double[] own = new double[Degrees * dim];
        for (int v = 0; v < count; v++)
        {
            Array.Clear(own);
            ReadOnlySpan<double> row = x.Slice(v * dim, dim);
            Span<double> moments = _moments.AsSpan(v * Degrees, Degrees), variances = _variances.AsSpan(v * Degrees, Degrees);
            for (int j = 0; j < count; j++)
            {
                if (j == v) continue;
                ReadOnlySpan<double> other = x.Slice(j * dim, dim);
                double u = Vectors.Dot(row, other), before = 1, now = u, slopeBefore = 0, slope = 1;
                for (int l = 1; l <= Degrees; l++)
                {
                    moments[l - 1] += now;
                    variances[l - 1] += Math.Max(0, 1 - (u * u)) * slope * slope;
                    Vectors.Axpy(slope, other, own.AsSpan((l - 1) * dim, dim));
                    double a = ((2 * l) + dim - 2.0) / Math.Max(1, l + dim - 2), b = l / Math.Max(1.0, l + dim - 2);
                    (slopeBefore, slope) = (slope, (a * (now + (u * slope))) - (b * slopeBefore));
                    (before, now) = (now, (a * u * now) - (b * before));
                }
            }
            for (int l = 0; l < Degrees; l++)
            {
                Span<double> gradient = own.AsSpan(l * dim, dim);
                double along = Vectors.Dot(gradient, row);
                variances[l] = sigma * sigma * (variances[l] + Math.Max(0, Vectors.Dot(gradient, gradient) - (along * along)));
            }
        }
    }

    /// <summary>Whether two directions may be images of each other.</summary>
    public bool Alike(int v, int w)
    {
        for (int l = 0; l < Degrees; l++)
        {
            double difference = _moments[(v * Degrees) + l] - _moments[(w * Degrees) + l];
            double variance = _variances[(v * Degrees) + l] + _variances[(w * Degrees) + l];
            if (difference * difference > Rounding + (_deviations * _deviations * variance)) return false;
        }
        return true;
    }
}
