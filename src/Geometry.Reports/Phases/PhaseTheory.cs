using Geometry.Reports.Theory;
using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>A cell whose run of lowest loss is not what theory expects.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Expected">What theory expects.</param>
/// <param name="Best">The run of lowest loss.</param>
/// <param name="Features">The features of that run's summands, as <c>0 2 | 1</c>.</param>
public sealed record PhaseContradiction(PhaseCell Cell, Expectation Expected, StoredRun Best, string Features)
{
    /// <summary>By how much the run's loss lies above the expected one, as a share of that; NaN where a loss is not known.</summary>
    public double Excess => (Best.Loss / Expected.Loss) - 1;

    /// <summary>What the run is: formula and features, as <see cref="Expectation.Name"/> has them.</summary>
    public string Found => Features.Length == 0 ? Best.Formula : $"{Best.Formula} ({Features})";
}

/// <summary>
/// What theory expects of the cells of a phase diagram. Cells whose runs differ in what theory needs to know have no expectation.
/// </summary>
public sealed class PhaseTheory
{
    private readonly SweepTheory _theory;
    private readonly PhaseTable _table;
    private readonly Dictionary<PhaseCell, Expectation> _expected = [];

    /// <summary>Puts a table beside theory.</summary>
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

    /// <summary>Number of cells whose run of lowest loss is what is expected.</summary>
    public int Agreeing => Cells - Contradictions.Count;

    /// <summary>The other cells, in the table's order.</summary>
    public IReadOnlyList<PhaseContradiction> Contradictions { get; }

    /// <summary>What is expected of a cell; null where nothing is.</summary>
    public Expectation? Find(PhaseCell cell) => _expected.GetValueOrDefault(cell);

    /// <summary>Share of a cell's runs that are what is expected; NaN where nothing is.</summary>
    public double Share(PhaseCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Find(cell) is { } expected
            ? (double)cell.Members.Count(i => _theory.Agrees(_table.Runs.Runs[i], expected)) / cell.Members.Count
            : double.NaN;
    }

    /// <summary>The same theory beside another table of the same runs.</summary>
    public PhaseTheory Over(PhaseTable table) => ReferenceEquals(table, _table) ? this : new PhaseTheory(table, _theory);

    private StoredRun Best(PhaseCell cell) => _table.Runs.Runs[cell.BestRun];
}
