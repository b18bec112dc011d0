using System.Globalization;
using System.Numerics;
using Geometry.Decisions;
using Geometry.Shapes.Catalogue;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Families;

/// <summary>
/// The regular simplex of R^k for k beyond those of the catalogue: k+1 vectors with cosines −1/k. All correspondences have the same
/// residual. O(k³).
/// </summary>
/// <remarks>
/// P(r) is the leading order of the tube, <see cref="SimplexTube"/>, which was an upper bound in every sample taken. Random directions of
/// R^k have a residual of about k^{−1/2} from a simplex (a median of 16.3° at k = 14, 9.3° at 40, 6.5° at 80), and the leading order
/// reaches 1 before that (at 13.4°, 7.3° and 5.1°). So the noise up to which a simplex gets its name falls with the dimension: the residual
/// may be at most 5.1° at k = 80 and 3.5° at k = 160.
/// </remarks>
internal sealed class SimplexMember(int k)
    : FamilyMember(string.Create(CultureInfo.InvariantCulture, $"simplex-{k}"), k, k + 1, Simplices.Source)
{
    private readonly double _logCoefficient = SimplexTube.LogCoefficient(k);

    public override BigInteger AutomorphismCount => Factorials.Of(Count);

    public override void Vertices(Span<double> destination) => Simplices.Vertices(Dim).CopyTo(destination);

    public override double Match(Correspondence state, DecisionConstants constants)
    {
        state.ComputeAngles();
        int c = Count;
        double angle = Elementary.Acos(-1.0 / Dim),
            sum = 0;
        for (int i = 0; i < c; i++)
        {
            state.Best[i] = i;
            foreach (double other in state.Angles.AsSpan(i * c + i + 1, c - i - 1))
                sum += (other - angle) * (other - angle);
        }
        return Math.Sqrt(sum / state.Pairs);
    }

    public override double LogProbability(double residual) => _logCoefficient + Codimension * Elementary.Log(residual);
}
