using Geometry.Reports.Theory;
using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>A cell whose run of lowest loss differs from the expectation.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Expected">The expectation.</param>
/// <param name="Best">The run of lowest loss.</param>
/// <param name="Features">The features of that run's summands, as <c>0 2 | 1</c>.</param>
public sealed record PhaseContradiction(PhaseCell Cell, Expectation Expected, StoredRun Best, string Features)
{
    /// <summary>The relative excess of the run's loss over the expected one; NaN where a loss is unknown.</summary>
    public double Excess => (Best.Loss / Expected.Loss) - 1;

    /// <summary>Formula and features of the run, written like <see cref="Expectation.Name"/>.</summary>
    public string Found => Features.Length == 0 ? Best.Formula : $"{Best.Formula} ({Features})";
}

/// <summary>
/// The expectations of theory for the cells of a phase diagram. Cells whose runs differ in a property that theory uses have none.
/// </summary>
public sealed class PhaseTheory
{
    private readonly SweepTheory _theory;
    private readonly PhaseTable _table;
    private readonly Dictionary<PhaseCell, Expectation> _expected = [];

    /// <summary>Compares a table with theory.</summary>
    public PhaseTheory(PhaseTable table, SweepTheory theory)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(theory);
        (_table, _theory) = (table, theory);
        foreach (PhaseCell cell in table.Cells)
        {
            SetUp[] setUps = [.. cell.Members.Select(i => SetUp.Of(table.Runs.Runs[i])).Distinct()];
            if (setUps.Length == 1 && theory.Expect(table.Runs.Runs[cell.Members[0]]) is { } expected)
                _expected.Add(cell, expected);
        }
        Contradictions =
        [
            .. table
                .Cells.Where(c => Find(c) is { } e && !theory.Agrees(Best(c), e))
                .Select(c => new PhaseContradiction(c, _expected[c], Best(c), theory.FeaturesOf(Best(c)))),
        ];
    }

    /// <summary>Number of cells with an expectation.</summary>
    public int Cells => _expected.Count;

    /// <summary>Number of cells whose run of lowest loss agrees with the expectation.</summary>
    public int Agreeing => Cells - Contradictions.Count;

    /// <summary>The other cells with an expectation, in the order of the table.</summary>
    public IReadOnlyList<PhaseContradiction> Contradictions { get; }

    /// <summary>The expectation for a cell; null for none.</summary>
    public Expectation? Find(PhaseCell cell) => _expected.GetValueOrDefault(cell);

    /// <summary>Share of a cell's runs that agree with the expectation; NaN without one.</summary>
    public double Share(PhaseCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Find(cell) is { } expected
            ? (double)cell.Members.Count(i => _theory.Agrees(_table.Runs.Runs[i], expected)) / cell.Members.Count
            : double.NaN;
    }

    /// <summary>The same theory for another table of the same runs.</summary>
    public PhaseTheory Over(PhaseTable table) => ReferenceEquals(table, _table) ? this : new PhaseTheory(table, _theory);

    private StoredRun Best(PhaseCell cell) => _table.Runs.Runs[cell.BestRun];
}
