using Geometry.Storage.Results;
using Geometry.Theory;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Reports.Phases;

/// <summary>What theory expects of the cells of a phase diagram, where the sweep's set-up is one that it covers.</summary>
/// <remarks>
/// Covered is the tied ReLU model with bias of two features in one hidden dimension, the last of importance r, at one density for both: what is best over all weights is known exactly
/// (<see cref="PhaseOptimum"/>). Cells whose runs differ in density or importance have no expectation. Milliseconds for a cell, done on all processors.
/// </remarks>
public sealed class PhaseTheory
{
    private readonly Dictionary<PhaseCell, PhaseOptimum> _expected;

    private PhaseTheory(Dictionary<PhaseCell, PhaseOptimum> expected) => _expected = expected;

    /// <summary>Number of cells with an expectation.</summary>
    public int Cells => _expected.Count;

    /// <summary>Number of cells whose run of lowest loss has the formula that is expected.</summary>
    /// <param name="table">The table that it was made for.</param>
    public int Agreeing(PhaseTable table) => _expected.Count(e => table.Runs.Runs[e.Key.BestRun].Formula == e.Value.Formula);

    /// <summary>What is expected of a cell; null where nothing is.</summary>
    public PhaseOptimum? Find(PhaseCell cell) => _expected.GetValueOrDefault(cell);

    /// <summary>Share of a cell's runs that have the formula expected; NaN where none is.</summary>
    public double Share(PhaseCell cell) => Find(cell) is { } optimum ? cell.Formulas.Where(f => f.Name == optimum.Formula).Sum(cell.Share) : double.NaN;

    /// <summary>Expectations for a table; null where the spec is missing or its set-up is not covered.</summary>
    /// <param name="table">The cells.</param>
    /// <param name="spec">The text of sweep.yaml; null for none.</param>
    public static PhaseTheory? Of(PhaseTable table, string? spec)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (spec is null || !Covers(spec)) return null;
        var places = new List<(PhaseCell Cell, double Density, double Importance)>();
        foreach (PhaseCell cell in table.Cells)
        {
            (double Density, double Importance)[] set = [.. cell.Members.Select(i => Place(table.Runs.Runs[i])).Distinct()];
            if (set is [(> 0 and <= 1, >= 0) place]) places.Add((cell, place.Density, place.Importance));
        }
        var optima = new PhaseOptimum[places.Count];
        Parallel.For(0, optima.Length, i => optima[i] = PhaseOptimum.Of(2, places[i].Density, places[i].Importance));
        return places.Count == 0 ? null : new PhaseTheory(places.Zip(optima).ToDictionary(p => p.First.Cell, p => p.Second));
    }

    private static (double Density, double Importance) Place(StoredRun run) => (1 - run.Sparsity.Number, run.Importance.Number);

    private static bool Covers(string text)
    {
        try
        {
            var spec = SweepSpec.Parse(text);
            return spec is { Activation: Activation.Relu, Tied: true, Bias: true, Density.PerFeature: null, Importance.Form: ImportanceForm.Last }
                && spec.Groups == GroupRule.None && spec.Features.Values is [2] && spec.Hidden.Values is [1];
        }
        catch (SpecException)
        {
            return false;
        }
    }
}
