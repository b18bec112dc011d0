using System.Globalization;
using System.Numerics;
using Geometry.Decisions;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Families;

/// <summary>
/// The demicube of R^k, 6 ≤ k ≤ 13: the 2^{k−1} vectors (±1, …, ±1)/√k with an even number of minus signs; <c>5-demicube</c> is in the
/// catalogue.
/// </summary>
/// <remarks>
/// It is recognised by its axes (<see cref="CubeAxes"/>), which give every direction its signs: O(2^k k²), and O(4^k k) for the angles.
/// Where the signs of a direction have the wrong parity, the sign of its smallest coordinate is changed. P(r) is the tube's leading order,
/// with an exact coefficient (<see cref="DemicubeTube"/>). Source: H. S. M. Coxeter, Regular Polytopes, §8.6.
/// </remarks>
internal sealed class DemicubeMember(int k)
    : FamilyMember(
        string.Create(CultureInfo.InvariantCulture, $"demicube-{k}"),
        k,
        1 << (k - 1),
        "H. S. M. Coxeter, Regular Polytopes, §8.6"
    )
{
    private readonly double _logCoefficient = DemicubeTube.LogCoefficient(k);
    private readonly double[] _angles = [.. Enumerable.Range(0, k + 1).Select(h => Elementary.Acos(1 - 2.0 * h / k))];

    public override BigInteger AutomorphismCount => Factorials.Of(Dim) << (Dim - 1);

    /// <summary>Vertex v has the signs of v's bits (set: minus) in its first k−1 coordinates.</summary>
    public override void Vertices(Span<double> destination)
    {
        double unit = 1 / Math.Sqrt(Dim);
        for (int v = 0; v < Count; v++)
        {
            int signs = Signs(v);
            for (int i = 0; i < Dim; i++)
                destination[v * Dim + i] = (signs >> i & 1) == 0 ? unit : -unit;
        }
    }

    public override double Match(Correspondence state, DecisionConstants constants)
    {
        state.ComputeAngles();
        Span<double> axes = state.Scratch(3 * Dim * Dim),
            matrix = axes[(Dim * Dim)..];
        axes = axes[..(Dim * Dim)];
        if (!CubeAxes.Find(state.Unit.AsSpan(0, Count * Dim), Dim, axes, matrix))
            return Refuse(state);
        Assign(state, axes);
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            int signs = Signs(state.Best[i]);
            for (int j = 0; j < i; j++)
            {
                double difference = state.Angles[i * Count + j] - _angles[BitOperations.PopCount((uint)(signs ^ Signs(state.Best[j])))];
                sum += difference * difference;
            }
        }
        return Math.Sqrt(sum / state.Pairs);
    }

    public override double LogProbability(double residual) => _logCoefficient + Codimension * Elementary.Log(residual);

    private int Signs(int vertex) => vertex | (BitOperations.PopCount((uint)vertex) & 1) << (Dim - 1);

    // Assigns every direction to the vertex of its signs; directions that find it taken get the vertices that are left.
    private void Assign(Correspondence state, ReadOnlySpan<double> axes)
    {
        Span<int> signs = state.Trial.AsSpan(0, Count),
            holder = state.Holders;
        int odd = 0;
        for (int i = 0; i < Count; i++)
        {
            signs[i] = CubeAxes.Signs(state.Unit.AsSpan(i * Dim, Dim), axes, out _);
            odd += BitOperations.PopCount((uint)signs[i]) & 1;
        }
        int mirror = 2 * odd > Count ? 1 : 0;
        for (int i = 0; i < Count; i++)
        {
            if (((BitOperations.PopCount((uint)signs[i]) + mirror) & 1) == 1)
            {
                CubeAxes.Signs(state.Unit.AsSpan(i * Dim, Dim), axes, out int weakest);
                signs[i] ^= 1 << weakest;
            }
            signs[i] = (signs[i] ^ mirror) & (Count - 1);
        }
        VertexSharing.Distribute(signs, holder, state.Best.AsSpan(0, Count));
    }
}
