namespace Geometry.Measures.Topology;

/// <summary>Bars of equal degree, birth and death.</summary>
/// <param name="Degree">Degree of the homology.</param>
/// <param name="Birth">Scale of birth.</param>
/// <param name="Death">Scale of death.</param>
/// <param name="Multiplicity">The number of such bars.</param>
public readonly record struct PredictedBars(int Degree, double Birth, double Death, long Multiplicity);

/// <summary>The barcode of an orthogonal sum of unit vectors, predicted from the barcodes of its summands.</summary>
/// <remarks>
/// <para>
/// Below √2 the complex is the disjoint union of the summands' complexes, so its bars are theirs, cut off at √2. From √2 on it is their
/// join, and over a field H̃(A*B) in degree k+1 is ⊕ H̃_i(A)⊗H̃_{k−i}(B) at every scale. So one reduced bar of each summand together give a
/// bar of degree Σ degrees + (summands − 1), which is born when the last of them is born, but not before √2, and dies with the first of
/// them. A summand that is a single direction has no reduced bars; the join is then a cone and has no bars from √2 on. Source: J. Milnor,
/// Ann. of Math. 63 (1956) 430, doi:10.2307/1970012.
/// </para>
/// <para>
/// A summand is blind when it has no bar of degree 1 or more before √2: triangles and simplices, whose edges are longer, antipodes, and
/// dedicated features.
/// </para>
/// </remarks>
public sealed record JoinPrediction
{
    private const int MostKinds = 4096;
    private const double MostSimplices = 1 << 18;

    /// <summary>
    /// Bars of degree 1 and more, sorted by degree, birth and death, without those that extend beyond √2 by rounding only.
    /// </summary>
    public required IReadOnlyList<PredictedBars> Bars { get; init; }

    /// <summary>Indices of the summands that have no bar of degree 1 or more before √2.</summary>
    public required IReadOnlyList<int> Blind { get; init; }

    /// <summary>The prediction; null where a summand is too large, or there are too many kinds of bars.</summary>
    /// <param name="run">A labelled run, whose summands are assumed to be orthogonal.</param>
    /// <param name="tolerance">Distances that differ by less are equal.</param>
    public static JoinPrediction? Of(MeasuredRun run, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(run);
        double join = Math.Sqrt(2);
        var bars = new Dictionary<(int Degree, double Birth, double Death), long>();
        var blind = new List<int>();
        Dictionary<(int Degree, double Birth, double Death), long>? joined = null;
        for (int s = 0; s < run.Summands.Count; s++)
        {
            MeasuredSummand summand = run.Summands[s];
            // Degrees above that of the summand's sphere matter too: a hexagon has a bar of degree 2 after that of its circle.
            int count = summand.Features.Count,
                degree = TopologyMeasure.MostDegree;
            while (degree > 0 && RipsPersistence.Simplices(count, degree) > MostSimplices)
                degree--;
            if (degree < Math.Min(summand.Dim - 1, TopologyMeasure.MostDegree))
                return null;
            IReadOnlyList<Bar> own = RipsPersistence.Of(
                TopologyMeasure.Distances(run.UnitColumns(summand.Features), count, run.Weights.Hidden).Distances,
                count,
                degree,
                tolerance
            );
            // Reduced homology: the bar of the component that never dies is left out.
            Bar[] reduced = [.. own.Where(b => !double.IsInfinity(b.Death))];
            bool seen = false;
            foreach (Bar bar in reduced.Where(b => b.Degree > 0 && b.Birth < join - tolerance))
            {
                seen = true;
                // With one summand there is no join to cut off its bars.
                Add(bars, (bar.Degree, bar.Birth, run.Summands.Count == 1 ? bar.Death : Math.Min(join, bar.Death)), 1);
            }
            if (!seen)
                blind.Add(s);
            joined = Join(joined, reduced, join, tolerance);
            if (joined.Count > MostKinds)
                return null;
        }
        if (joined is not null && run.Summands.Count > 1)
        {
            foreach (((int, double, double) bar, long multiplicity) in joined)
                Add(bars, bar, multiplicity);
        }
        else if (joined is not null)
        {
            foreach (
                ((int Degree, double Birth, double Death) bar, long multiplicity) in joined.Where(b =>
                    b.Key.Degree > 0 && b.Key.Birth >= join - tolerance
                )
            )
                Add(bars, bar, multiplicity);
        }
        return new JoinPrediction
        {
            Bars =
            [
                .. bars.Select(b => new PredictedBars(b.Key.Degree, b.Key.Birth, b.Key.Death, b.Value))
                    .OrderBy(b => b.Degree)
                    .ThenBy(b => b.Birth)
                    .ThenBy(b => b.Death),
            ],
            Blind = blind,
        };
    }

    private static Dictionary<(int, double, double), long> Join(
        Dictionary<(int Degree, double Birth, double Death), long>? soFar,
        Bar[] summand,
        double join,
        double tolerance
    )
    {
        var joined = new Dictionary<(int, double, double), long>();
        foreach (Bar bar in summand)
        {
            if (soFar is null)
            {
                Add(joined, (bar.Degree, bar.Birth, bar.Death), 1);
                continue;
            }
            foreach (((int degree, double birth, double death), long multiplicity) in soFar)
            {
                (double from, double to) = (Math.Max(join, Math.Max(birth, bar.Birth)), Math.Min(death, bar.Death));
                if (to > from + tolerance)
                    Add(joined, (degree + bar.Degree + 1, from, to), multiplicity);
            }
        }
        return joined;
    }

    private static void Add(
        Dictionary<(int Degree, double Birth, double Death), long> bars,
        (int Degree, double Birth, double Death) bar,
        long multiplicity
    )
    {
        (int, double, double) key = (bar.Degree, Math.Round(bar.Birth, 9), Math.Round(bar.Death, 9));
        bars[key] = bars.GetValueOrDefault(key) + multiplicity;
    }
}
