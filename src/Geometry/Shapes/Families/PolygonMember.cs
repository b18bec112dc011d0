using System.Numerics;
using Geometry.Decisions;
using Geometry.Shapes.Catalogue;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Families;

/// <summary>
/// The regular p-gon with more vertices than those of the catalogue, recognised by the cyclic order of the directions; O(p²).
/// </summary>
/// <remarks>
/// On the circle every angle changes by ±(δ_i − δ_j), and Σ_{i&lt;j}(δ_i − δ_j)² = pΣδ_i² for displacements orthogonal to the rotation, so
/// Q is 2/(p−1) there. The torus is flat, hence P(r) = p!/(2p) · 4π√p · V_{p−1} · ((p−1)/2)^{(p−1)/2} · r^{p−1}/(2π)^p.
/// </remarks>
internal sealed class PolygonMember(int p) : FamilyMember(RegularPolygons.Name(p), 2, p, RegularPolygons.Source)
{
    public override BigInteger AutomorphismCount => 2 * Count;

    public override void Vertices(Span<double> destination) => RegularPolygons.Vertices(Count, destination);

    public override double Match(Correspondence state, DecisionConstants constants)
    {
        Span<int> order = state.Trial.AsSpan(0, Count);
        double residual = DirectMatch.Polygon(state.Unit, state.Rest.AsSpan(0, Count), order);
        for (int k = 0; k < Count; k++)
            state.Best[order[k]] = k;
        return residual;
    }

    public override double LogProbability(double residual)
    {
        double q = Count - 1;
        return SphereVolumes.LogFactorial(Count)
            + Elementary.Log(2 * Math.PI / Math.Sqrt(Count))
            + SphereVolumes.LogBall(Count - 1)
            + 0.5 * q * Elementary.Log(0.5 * q)
            - Count * Elementary.Log(2 * Math.PI)
            + q * Elementary.Log(residual);
    }
}
