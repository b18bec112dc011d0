using System.Globalization;
using System.Numerics;
using Geometry.Decisions;
using Geometry.Shapes.Catalogue;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Families;

/// <summary>
/// The diplo-simplex of R^k, k ≥ 4: the regular simplex and its negative, 2(k+1) vectors with |cos| = 1/k between lines. The hexagon and
/// the cube are k = 2, 3.
/// </summary>
/// <remarks>
/// It is recognised without a search, by pairing up opposites and reversing lines until they add up to zero; O(k³). P(r) is the tube's
/// leading order, with an exact coefficient (<see cref="LineFrameTube"/> at corank 1). Source: J. H. Conway and N. J. A. Sloane, Sphere
/// Packings, Lattices and Groups, §4.6.6 (minimal vectors of A_k*).
/// </remarks>
internal sealed class DiplosimplexMember(int k)
    : FamilyMember(
        string.Create(CultureInfo.InvariantCulture, $"diplosimplex-{k}"),
        k,
        2 * (k + 1),
        "J. H. Conway and N. J. A. Sloane, Sphere Packings, Lattices and Groups, §4.6.6 (minimal vectors of A_k*)"
    )
{
    private readonly double _logCoefficient = LineFrameTube.LogCoefficient(k, k + 1);
    private readonly double _logLinesCoefficient = LineFrameTube.LogTightCoefficient(k, k + 1);

    public override BigInteger AutomorphismCount => 2 * Factorials.Of(Dim + 1);

    /// <summary>Vertex l is vertex l of the simplex, and vertex k+1+l its opposite.</summary>
    public override void Vertices(Span<double> destination)
    {
        double[] simplex = Simplices.Vertices(Dim);
        for (int i = 0; i < simplex.Length; i++)
            (destination[i], destination[simplex.Length + i]) = (simplex[i], -simplex[i]);
    }

    public override double Match(Correspondence state, DecisionConstants constants)
    {
        state.ComputeAngles();
        LineSystem lines = state.Lines;
        if (!lines.TryPair(state))
            return Refuse(state);
        lines.ComputeCosines();
        lines.OrientLikeSimplex();
        for (int l = 0; l < lines.Count; l++)
            (state.Best[lines.Plus[l]], state.Best[lines.Minus[l]]) = (l, lines.Count + l);
        lines.Cosines.Fill(-1.0 / Dim);
        return lines.Residual(state);
    }

    public override double LogProbability(double residual) => _logCoefficient + Codimension * Elementary.Log(residual);

    public override double LogProbabilityOfLines(double residual) =>
        _logLinesCoefficient + (Dim - 1) * (Dim + 2) / 2 * Elementary.Log(residual);
}
