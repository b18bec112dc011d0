using System.Globalization;
using System.Numerics;
using Geometry.Decisions;
using Geometry.Shapes.Catalogue;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Families;

/// <summary>
/// Line frames of corank c = L − k, 2 ≤ c &lt; k: L opposite pairs whose L lines are an equal-norm tight frame of R^k that does not split
/// into orthogonal parts.
/// </summary>
/// <remarks>
/// It is recognised without coordinates of its own: opposites are paired up, the lines are carried to the nearest frame
/// (<see cref="NearestFrame"/>), and all 2L(2L−1)/2 angles are compared with those of ± that frame. (A local search around it finds no
/// frame whose residual is smaller by more than half a per cent.) The residual does not depend on the frame's own moduli, so there are q =
/// L(k−1) + (k−1)(k+2)/2 normal dimensions. O(L²k + L³), about five steps. Corank 1 is the diplo-simplex. Coranks c ≥ k are left out,
/// because random lines come near to such frames.
/// </remarks>
internal sealed class LineFrameMember(int k, int lines)
    : FamilyMember(
        string.Create(CultureInfo.InvariantCulture, $"line-frame({k},{2 * lines})"),
        k,
        2 * lines,
        "J. Tropp, I. Dhillon, R. Heath and T. Strohmer, IEEE Trans. Inform. Theory 51 (2005)"
    )
{
    private readonly double _logCoefficient = LineFrameTube.LogCoefficient(k, lines);
    private readonly double _logLinesCoefficient = LineFrameTube.LogTightCoefficient(k, lines);

    /// <summary>The identity and −1: no other symmetry is common to all members.</summary>
    public override BigInteger AutomorphismCount => 2;

    public override int Codimension => LineFrameTube.Codimension(Dim, Count / 2);

    public override bool IsGeneral => true;

    /// <summary>
    /// The canonical member, <see cref="HarmonicFrames"/>: vertex l is at the plus end of line l, vertex L+l its opposite.
    /// </summary>
    public override void Vertices(Span<double> destination)
    {
        int half = Count * Dim / 2;
        HarmonicFrames.Lines(Dim, Count / 2, destination[..half]);
        for (int i = 0; i < half; i++)
            destination[half + i] = -destination[i];
    }

    public override double Match(Correspondence state, DecisionConstants constants)
    {
        state.ComputeAngles();
        LineSystem lines = state.Lines;
        if (!lines.TryPair(state))
            return Refuse(state);
        lines.ComputeCosines();
        double dataCut = lines.WeakestCut(out int first);
        if (!NearestFrame.Project(lines.Lines, Dim, state.Scratch(NearestFrame.ScratchSize(Dim, lines.Count))))
            return Refuse(state);
        lines.ComputeCosines();
        double residual = lines.Residual(state);
        if (Splits(dataCut, first, residual, constants) || Splits(lines.WeakestCut(out first), first, residual, constants))
            return Refuse(state);
        lines.IsFrame = true;
        for (int l = 0; l < lines.Count; l++)
            (state.Best[lines.Plus[l]], state.Best[lines.Minus[l]]) = (l, lines.Count + l);
        return residual;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The frame that <see cref="Match"/> found already is in the data's coordinates. After a refusal the canonical member is placed.
    /// </remarks>
    public override void Place(Correspondence state, Span<double> reference)
    {
        LineSystem lines = state.Lines;
        if (!lines.IsFrame)
        {
            base.Place(state, reference);
            return;
        }
        for (int l = 0; l < lines.Count; l++)
        {
            ReadOnlySpan<double> line = lines.Lines.Slice(l * Dim, Dim);
            line.CopyTo(reference[(lines.Plus[l] * Dim)..]);
            for (int a = 0; a < Dim; a++)
                reference[lines.Minus[l] * Dim + a] = -line[a];
        }
    }

    // Each part has corank ≥ 1 itself, and so at least three lines. With noise σ two orthogonal lines of the data have a cosine of about σ,
    // and the residual is σ√(2 + 2(k−2)/(2L−1)), in which an opposite pair counts k−1 times.
    private bool Splits(double cut, int first, double residual, DecisionConstants constants)
    {
        int lines = Count / 2,
            other = lines - first;
        if (first < 3 || other < 3)
            return false;
        double noise = residual / Math.Sqrt(2 + 2.0 * (Dim - 2) / (Count - 1));
        return cut <= Math.Max(1e-9, (constants.SplitRatio + constants.SplitSpread / Math.Sqrt(first * other)) * noise);
    }

    public override double LogProbability(double residual) => _logCoefficient + Codimension * Elementary.Log(residual);

    public override double LogProbabilityOfLines(double residual) =>
        _logLinesCoefficient + (Dim - 1) * (Dim + 2) / 2 * Elementary.Log(residual);
}
