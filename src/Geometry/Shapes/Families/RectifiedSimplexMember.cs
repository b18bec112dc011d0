using System.Globalization;
using System.Numerics;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Catalogue;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Families;

/// <summary>
/// The rectified simplex of R^k, k ≥ 5: the k(k+1)/2 midpoints of a regular simplex's edges, scaled to unit length; <c>rectified-5-cell</c>
/// is in the catalogue.
/// </summary>
/// <remarks>
/// The cosine is (k−3)/(2(k−1)) between edges that share an end, and −2/(k−1) between others. The shape is recognised by finding the ends
/// of each edge (<see cref="RootLabels"/>): O(k⁵) with the angles. P(r) is the tube's leading order, with an exact coefficient
/// (<see cref="RectifiedSimplexTube"/>). Source: H. S. M. Coxeter, Regular Polytopes, §8.7.
/// </remarks>
internal sealed class RectifiedSimplexMember(int k)
    : FamilyMember(
        string.Create(CultureInfo.InvariantCulture, $"rectified-{k}-simplex"),
        k,
        k * (k + 1) / 2,
        "H. S. M. Coxeter, Regular Polytopes, §8.7 (truncations)"
    )
{
    // Noise may mislead one start, which shows in a large residual; then another start is tried.
    private const int MostAttempts = 8;

    private readonly Lazy<double> _logCoefficient = new(() => RectifiedSimplexTube.LogCoefficient(k));

    public override BigInteger AutomorphismCount => Factorials.Of(Dim + 1);

    /// <summary>The edges in lexicographic order of their ends.</summary>
    public override void Vertices(Span<double> destination)
    {
        double[] simplex = Simplices.Vertices(Dim);
        int at = 0;
        for (int i = 0; i <= Dim; i++)
        {
            for (int j = i + 1; j <= Dim; j++, at++)
            {
                Span<double> row = destination.Slice(at * Dim, Dim);
                for (int a = 0; a < Dim; a++)
                    row[a] = simplex[i * Dim + a] + simplex[j * Dim + a];
                Vectors.Scale(1 / Vectors.Norm(row), row);
            }
        }
    }

    public override double Match(Correspondence state, DecisionConstants constants)
    {
        state.ComputeAngles();
        int n = Dim + 1,
            c = Count;
        double best = double.PositiveInfinity,
            plausible = double.DegreesToRadians(constants.PlausibleDegrees);
        for (int attempt = 0; attempt < MostAttempts && best > plausible; attempt++)
        {
            Span<int> vertexOf = state.Trial.AsSpan(0, c);
            RootLabels.Find(state, attempt * c / MostAttempts, state.Scratch(n * Dim), vertexOf);
            VertexSharing.Distribute(vertexOf, state.Holders, vertexOf);
            double residual = Residual(state, vertexOf, state.Holders);
            if (residual >= best)
                continue;
            best = residual;
            vertexOf.CopyTo(state.Best);
        }
        return best;
    }

    private double Residual(Correspondence state, ReadOnlySpan<int> vertexOf, Span<int> ends)
    {
        int c = Count;
        double sharing = Elementary.Acos((Dim - 3) / (2.0 * (Dim - 1))),
            apart = Elementary.Acos(-2.0 / (Dim - 1)),
            sum = 0;
        for (int v = 0; v < c; v++)
        {
            (int i, int j) = RootLabels.PairAt(vertexOf[v], Dim + 1);
            ends[v] = i << 16 | j;
            for (int w = 0; w < v; w++)
            {
                (int p, int q) = (ends[w] >> 16, ends[w] & 0xffff);
                double difference = state.Angles[v * c + w] - (i == p || i == q || j == p || j == q ? sharing : apart);
                sum += difference * difference;
            }
        }
        return Math.Sqrt(sum / state.Pairs);
    }

    public override double LogProbability(double residual) => _logCoefficient.Value + Codimension * Elementary.Log(residual);
}
