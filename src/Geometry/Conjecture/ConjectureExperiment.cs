using System.Collections.Concurrent;
using Geometry.Formulas;
using Geometry.Synthesis;

namespace Geometry.Conjecture;

/// <summary>One row of conjecture.csv: how often one method recovered one formula at one noise.</summary>
/// <param name="Formula">The formula in canonical form.</param>
/// <param name="NoiseIn">The space in which the noise is.</param>
/// <param name="Sigma">Standard deviation of the noise per coordinate.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Trials">Number of configurations.</param>
/// <param name="Recovered">Number of configurations for which the method found the exact partition.</param>
/// <param name="FormulaRecovered">Number of configurations for which it found the exact partition and the exact formula.</param>
public sealed record ConjectureRow(
    string Formula,
    NoiseIn NoiseIn,
    double Sigma,
    string Method,
    int Trials,
    int Recovered,
    int FormulaRecovered
)
{
    /// <summary>Recovered / Trials.</summary>
    public double Rate => (double)Recovered / Trials;

    /// <summary>FormulaRecovered / Trials.</summary>
    public double FormulaRate => (double)FormulaRecovered / Trials;

    /// <summary>95 % interval of <see cref="Rate"/>.</summary>
    public WilsonInterval Interval => WilsonInterval.Of(Recovered, Trials);
}

/// <summary>The counts of an experiment so far. Together with the spec they suffice to continue it.</summary>
/// <param name="Done">Number of configurations measured, of <see cref="ConjectureExperiment.Configurations"/>, in their fixed
/// order.</param>
/// <param name="Recovered">Number of exact partitions for each row, cells × methods.</param>
/// <param name="FormulaRecovered">Number of these with the exact formula.</param>
public sealed record ConjectureTally(long Done, IReadOnlyList<int> Recovered, IReadOnlyList<int> FormulaRecovered);

/// <summary>Runs a <see cref="ConjectureSpec"/>.</summary>
/// <remarks>
/// Configuration t of cell c is made from stream c·2³² + t of the seed. So every method gets the same configurations, and the result
/// depends neither on the number of threads, nor on the choice of methods, nor on interruptions. Rows are sorted by formula, noise, σ and
/// method.
/// </remarks>
public static class ConjectureExperiment
{
    private const int LargestPlaneDim = 3;

    /// <summary>
    /// Number of configurations per thread between two tallies; the wait for the last thread costs at most one part in this number.
    /// </summary>
    private const int RoundLength = 64;

    /// <summary>Number of configurations to measure.</summary>
    public static long Configurations(ConjectureSpec spec) =>
        (long)spec.Formulas.Count * spec.NoiseIn.Count * spec.Sigmas.Count * spec.Trials;

    /// <summary>Measures every cell.</summary>
    /// <param name="spec">What to measure.</param>
    /// <param name="threads">Threads to use, ≥ 1; the rows do not depend on it.</param>
    /// <param name="progress">Called from any thread with the share that is done, in [0, 1]; null for no reports.</param>
    /// <param name="start">The tally of an earlier run with the same spec, which is continued; null to start from the beginning.</param>
    /// <param name="counted">Called every 64 configurations per thread with the tally so far, which is valid during the call only; null for
    /// no calls.</param>
    /// <param name="cancellation">Ends the experiment with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A number of the spec is out of range, a formula does not fit into
    /// <see cref="ConjectureSpec.Hidden"/>, or <paramref name="start"/> is of another spec.</exception>
    public static IReadOnlyList<ConjectureRow> Run(
        ConjectureSpec spec,
        int threads,
        Action<double>? progress = null,
        ConjectureTally? start = null,
        Action<ConjectureTally>? counted = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Trials < 1)
            throw new ArgumentException($"trials: expected at least 1, found {spec.Trials}", nameof(spec));
        Cell[] cells = Cells(spec);
        foreach (Cell cell in cells)
            SyntheticSum.Make(cell.Parts, cell.Options);
        int methods = spec.Methods.Count;
        if (
            start is not null
            && (start.Recovered.Count != cells.Length * methods || start.FormulaRecovered.Count != cells.Length * methods)
        )
            throw new ArgumentException($"expected counts of {cells.Length * methods} rows, found {start.Recovered.Count}", nameof(start));
        int[] recovered = [.. start?.Recovered ?? new int[cells.Length * methods]],
            formulas = [.. start?.FormulaRecovered ?? new int[cells.Length * methods]];
        long done = start?.Done ?? 0,
            all = Configurations(spec);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        for (long first = done; first < all; first = done)
        {
            // The range size is 1: with the larger chunks of Parallel.For some thread would end each round alone.
            Parallel.ForEach(
                Partitioner.Create(first, Math.Min(all, first + ((long)RoundLength * threads)), rangeSize: 1),
                parallel,
                range => Measure(range.Item1)
            );
            counted?.Invoke(new ConjectureTally(done, recovered, formulas));
        }
        var rows = new ConjectureRow[cells.Length * methods];
        for (int r = 0; r < rows.Length; r++)
        {
            Cell cell = cells[r / methods];
            rows[r] = new ConjectureRow(
                cell.Formula,
                cell.Options.NoiseIn,
                cell.Options.Sigma,
                spec.Methods[r % methods].Name,
                spec.Trials,
                recovered[r],
                formulas[r]
            );
        }
        return rows;

        void Measure(long job)
        {
            // Trial by trial over all cells: slow and fast cells alternate, and the share that is done grows steadily.
            int c = (int)(job % cells.Length);
            long trial = job / cells.Length;
            Cell cell = cells[c];
            SyntheticConfiguration made = SyntheticSum.Make(cell.Parts, cell.Options, ((long)c << 32) + trial);
            for (int i = 0; i < methods; i++)
            {
                RecoveredSum found = spec.Methods[i].Recover(made.Configuration, cell.MaxPlaneDim);
                if (!found.IsPartition(made.Summand))
                    continue;
                Interlocked.Increment(ref recovered[c * methods + i]);
                if (found.Formula == cell.Formula)
                    Interlocked.Increment(ref formulas[c * methods + i]);
            }
            long now = Interlocked.Increment(ref done);
            progress?.Invoke((double)now / all);
        }
    }

    private sealed record Cell(string Formula, IReadOnlyList<SyntheticPart> Parts, SyntheticOptions Options, int MaxPlaneDim);

    private static Cell[] Cells(ConjectureSpec spec)
    {
        var cells = new List<Cell>();
        foreach (Formula formula in spec.Formulas)
        {
            IReadOnlyList<SyntheticPart> parts = SyntheticParts.Of(formula);
            int planes = Math.Clamp(formula.Terms.Select(t => t.Dim).DefaultIfEmpty(1).Max(), 1, LargestPlaneDim);
            foreach (NoiseIn where in spec.NoiseIn)
            {
                foreach (double sigma in spec.Sigmas)
                {
                    var options = new SyntheticOptions
                    {
                        Sigma = sigma,
                        NoiseIn = where,
                        Hidden = spec.Hidden,
                        NormSpread = spec.NormSpread,
                        ObliqueDegrees = spec.ObliqueDegrees,
                        Seed = spec.Seed,
                    };
                    cells.Add(new Cell(formula.ToString(), parts, options, planes));
                }
            }
        }
        return [.. cells];
    }
}
