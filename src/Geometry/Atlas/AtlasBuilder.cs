using Geometry.Decisions;
using Geometry.Shapes;
using Geometry.Shapes.Significance;

namespace Geometry.Atlas;

/// <summary>How to build an atlas.</summary>
public sealed record AtlasOptions
{
    /// <summary>Smallest number of runs in which a form must occur, ≥ 2.</summary>
    public int MinRuns { get; init; } = 3;

    /// <summary>
    /// Largest RMS difference of the angles between a member and its form, degrees; NaN for <see cref="DefaultTolerance"/>, what noise
    /// explains.
    /// </summary>
    public double ToleranceDegrees { get; init; } = double.NaN;

    /// <summary>The tolerance of a size, degrees, where none is given.</summary>
    public static double DefaultTolerance(int dim, int directions) => CongruenceClasses.Tolerance(dim, directions);

    /// <summary>An earlier atlas whose names stay: a form that is one of its forms gets that name.</summary>
    public FormAtlas Known { get; init; } = FormAtlas.Empty;

    /// <summary>Number of threads, ≥ 1; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Called with the number of occurrences that are done and their total; null for no reports.</summary>
    public Action<int, int>? Progress { get; init; }
}

/// <summary>One summand of one run, as material for an atlas.</summary>
/// <param name="Dim">d, the dimension of the summand, ≥ 2.</param>
/// <param name="Directions">c, the number of its distinct directions, ≥ d.</param>
/// <param name="Coordinates">The unit directions in an orthonormal basis of the summand, row-major c×d.</param>
/// <param name="Run">The run in which it was found.</param>
public sealed record Occurrence(int Dim, int Directions, double[] Coordinates, OccurrenceRun Run);

/// <summary>The run that a summand is part of.</summary>
/// <param name="Sweep">Name of the labelled folder.</param>
/// <param name="Folder">Path of the labelled folder.</param>
/// <param name="Source">The name of the weight file in that folder.</param>
/// <param name="Instance">Index of the run in the file.</param>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Density">The density 1 − S; NaN when unknown.</param>
/// <param name="Cell">Index of the run's cell: runs of a cell differ in their seed alone.</param>
/// <param name="BetterRuns">Number of runs in the better half of the cell by loss; 0 where losses are not known.</param>
/// <param name="IsBetter">Whether this run is one of them.</param>
public sealed record OccurrenceRun(
    string Sweep,
    string Folder,
    string Source,
    int Instance,
    int Features,
    int Hidden,
    double Density,
    int Cell,
    int BetterRuns,
    bool IsBetter
);

/// <summary>A form with its occurrences.</summary>
/// <param name="Form">The form.</param>
/// <param name="Members">Its occurrences, in input order.</param>
public sealed record FormClass(Form Form, IReadOnlyList<FormOccurrence> Members);

/// <summary>One occurrence of a form.</summary>
/// <param name="Occurrence">The summand that has the form.</param>
/// <param name="ResidualDegrees">Its residual to the form, degrees.</param>
/// <param name="Parameter">Its position on the form's drift; NaN for a rigid form.</param>
public readonly record struct FormOccurrence(Occurrence Occurrence, double ResidualDegrees, double Parameter);

/// <summary>Finds the forms that recur among the summands of many runs.</summary>
/// <remarks>
/// Sizes (d, c) are processed in parallel, each by <see cref="CongruenceClasses"/>. A class becomes a form where random directions do not
/// explain that it recurs (<see cref="Recurrence"/> and the p-value of one run, both below the α of forms in
/// <see cref="DecisionConstants"/>). Deterministic.
/// </remarks>
public static class AtlasBuilder
{
    /// <summary>Builds an atlas.</summary>
    /// <param name="occurrences">The summands.</param>
    /// <param name="options">How to build it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The forms, most frequent first.</returns>
    public static IReadOnlyList<FormClass> Build(
        IReadOnlyList<Occurrence> occurrences,
        AtlasOptions options,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(occurrences);
        if (options.MinRuns < 2)
            throw new ArgumentOutOfRangeException(nameof(options), options.MinRuns, "min-runs: expected a whole number ≥ 2");
        if (!(double.IsNaN(options.ToleranceDegrees) || options.ToleranceDegrees > 0))
            throw new ArgumentOutOfRangeException(nameof(options), options.ToleranceDegrees, "tolerance: expected degrees above 0");
        Occurrence[][] sizes = [.. occurrences.GroupBy(o => (o.Dim, o.Directions)).OrderBy(g => g.Key).Select(g => g.ToArray())];
        int done = 0;
        List<Candidate>[] found = new List<Candidate>[sizes.Length];
        // The largest size first, because a large one at the end would keep one thread busy alone.
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(k => (long)sizes[k].Length * sizes[k][0].Directions)];
        Parallel.ForEach(
            System.Collections.Concurrent.Partitioner.Create(order, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
            k =>
            {
                found[k] = OfSize(sizes[k], options, cancellation);
                options.Progress?.Invoke(Interlocked.Add(ref done, sizes[k].Length), occurrences.Count);
            }
        );
        List<Candidate> candidates = [.. found.SelectMany(f => f)];
        return
        [
            .. Named(candidates, options)
                .OrderByDescending(f => f.Members.Count)
                .ThenBy(f => f.Form.Dim)
                .ThenBy(f => f.Form.Directions)
                .ThenBy(f => f.Form.Name, StringComparer.Ordinal),
        ];
    }

    private sealed record Candidate(FittedForm Fitted, FormInvariants Invariants, FormOrigin Origin, FormOccurrence[] Members);

    private static List<Candidate> OfSize(Occurrence[] items, AtlasOptions options, CancellationToken cancellation)
    {
        (int dim, int count) = (items[0].Dim, items[0].Directions);
        if (items.Length < options.MinRuns || count <= dim)
            return [];
        double tolerance = double.IsNaN(options.ToleranceDegrees) ? CongruenceClasses.Tolerance(dim, count) : options.ToleranceDegrees;
        var candidates = new List<Candidate>();
        foreach (
            CongruenceClass found in CongruenceClasses.Of(
                dim,
                count,
                [.. items.Select(i => i.Coordinates)],
                options.MinRuns,
                tolerance,
                cancellation
            )
        )
        {
            FormOccurrence[] members = [.. found.Members.Select(m => new FormOccurrence(items[m.Item], m.ResidualDegrees, m.Parameter))];
            if (members.Select(m => m.Occurrence.Run).Distinct().Count() < options.MinRuns)
                continue;
            double largest = members.Max(m => m.ResidualDegrees),
                alpha = DecisionConstants.Default.FormAlpha;
            double recurrence = Recurrence.Log10(found.Form.Shape, largest, members.Length, items.Length);
            if (!(recurrence <= Elementary.Log(alpha) / Elementary.Log(10) && found.Form.Shape.PValue(largest) <= alpha))
                continue;
            candidates.Add(
                new Candidate(
                    found.Form,
                    FormMeasures.Of(found.Form.Symmetric, dim, count),
                    OriginOf(members, items, recurrence) with
                    {
                        Angles = found.Angles,
                    },
                    members
                )
            );
        }
        return candidates;
    }

    private static FormOrigin OriginOf(FormOccurrence[] members, Occurrence[] items, double recurrence)
    {
        OccurrenceRun[] runs = [.. members.Select(m => m.Occurrence.Run).Distinct()];
        double spread = Math.Sqrt(members.Average(m => m.ResidualDegrees * m.ResidualDegrees));
        double[] densities = [.. runs.Select(r => r.Density).Where(double.IsFinite).DefaultIfEmpty(double.NaN)];
        return new FormOrigin(
            runs.Length,
            runs.Select(r => r.Folder).Distinct().Count(),
            (runs.Min(r => r.Features), runs.Max(r => r.Features)),
            (runs.Min(r => r.Hidden), runs.Max(r => r.Hidden)),
            (densities.Min(), densities.Max()),
            LowLossShare(runs),
            recurrence,
            spread
        );
    }

    /// <summary>Of the runs in the better half of the cells in which the form occurs, the share that has it.</summary>
    private static double LowLossShare(OccurrenceRun[] runs)
    {
        int better = runs.DistinctBy(r => (r.Folder, r.Cell)).Sum(r => r.BetterRuns),
            held = runs.Count(r => r.IsBetter);
        return better == 0 ? double.NaN : (double)held / better;
    }

    /// <summary>
    /// Names the candidates: known forms keep their names, and the others with one stem get letters by rising smallest angle.
    /// </summary>
    private static List<FormClass> Named(List<Candidate> candidates, AtlasOptions options)
    {
        HashSet<string> taken = [.. options.Known.Forms.Select(f => f.Name)],
            used = [];
        string[] names = new string[candidates.Count];
        // First candidates with the group of the known form; then candidates whose runs have more or less symmetry than those in which it
        // was found.
        foreach (bool sameGroup in (ReadOnlySpan<bool>)[true, false])
        {
            for (int k = 0; k < names.Length; k++)
            {
                if (string.IsNullOrEmpty(names[k]))
                    names[k] = KnownName(candidates[k], options.Known, used, sameGroup) ?? "";
            }
        }
        foreach (
            int k in Enumerable
                .Range(0, names.Length)
                .OrderBy(k => candidates[k].Invariants.SmallestAngleDegrees)
                .ThenByDescending(k => candidates[k].Members.Length)
                .ThenBy(k => k)
        )
        {
            if (names[k].Length > 0)
                continue;
            Shape shape = candidates[k].Fitted.Shape;
            names[k] = FormNames.Next(FormNames.Stem(shape.Dim, shape.Count, candidates[k].Fitted.Symmetric.Order), taken);
            taken.Add(names[k]);
        }
        return [.. candidates.Select((c, k) => new FormClass(Form(c, names[k]), c.Members))];
    }

    /// <summary>
    /// The name of the known form of its size whose residual to the candidate is smallest and within the tolerance; null for none.
    /// </summary>
    private static string? KnownName(Candidate candidate, FormAtlas known, HashSet<string> used, bool sameGroup)
    {
        Shape shape = candidate.Fitted.Shape;
        double least = CongruenceClasses.Tolerance(shape.Dim, shape.Count);
        string? name = null;
        foreach (
            Form form in known.Forms.Where(f =>
                f.Dim == shape.Dim
                && f.Directions == shape.Count
                && !used.Contains(f.Name)
                && (!sameGroup || f.Symmetries == candidate.Fitted.Symmetric.Order)
            )
        )
        {
            double residual = double.RadiansToDegrees(ShapeMatcher.Comparer(form.ToShape())(candidate.Fitted.Symmetric.Unit));
            if (residual <= least)
                (least, name) = (residual, form.Name);
        }
        if (name is not null)
            used.Add(name);
        return name;
    }

    private static Form Form(Candidate c, string name) =>
        new(name, c.Fitted.Shape.Dim, c.Fitted.Shape.Count, c.Fitted.Centre, DriftOf(c.Fitted))
        {
            OrbitOf = c.Fitted.Symmetric.Orbits,
            Symmetries = c.Fitted.Symmetric.Order,
            Invariants = c.Invariants,
            Origin = c.Origin,
            Significance = ShapeSignificance.Of(c.Fitted.Shape),
        };

    private static FormDrift? DriftOf(FittedForm fitted) =>
        fitted.Slope is null ? null : new FormDrift(fitted.Slope, fitted.Bend!, fitted.Shape.Parameter!.High);
}
