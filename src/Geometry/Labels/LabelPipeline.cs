using Geometry.Configurations;
using Geometry.Shapes;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>W → label: the whole analysis of one run.</summary>
/// <remarks>
/// learned columns → the best orthogonal direct sum of Gram blocks → the planes of the Hough transform as a second opinion → oblique sums in
/// what has no name yet → for each
/// summand its shape and sphere → formula → label. Deterministic; invariant under rotations of R^m, equivariant under permutations of the features.
/// </remarks>
public static class LabelPipeline
{
    /// <summary>Largest number of learned features of a run; their Gram matrix is dense.</summary>
    public const int MostLearned = 4096;

    /// <summary>Labels one run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="UnsupportedRunException">More than <see cref="MostLearned"/> features are learned.</exception>
    public static RunLabel Label(FeatureConfiguration configuration, LabelOptions options)
    {
        if (!(options.MinNorm is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(options), options.MinNorm, "min-norm: expected a number in (0, 1]");
        if (options.MaxPlaneDim < 1) throw new ArgumentOutOfRangeException(nameof(options), options.MaxPlaneDim, "max-plane-dim: expected a whole number ≥ 1");
        if (options.SampleFeatures < 0) throw new ArgumentOutOfRangeException(nameof(options), options.SampleFeatures, "sample: expected a whole number ≥ 0");

        FeatureStatistics statistics = FeatureStatistics.Of(configuration);
        int[] learned = statistics.Learned(options.MinNorm);
        if (learned.Length == 0) return Compose(statistics, learned, 0, [], double.NaN, double.NaN, new RouteAgreement(true, "", PlaneRoute.BlocksAlone));

        if (learned.Length > MostLearned)
            throw new UnsupportedRunException($"expected at most {MostLearned} learned features, found {learned.Length}: labelling is for toy models, its memory grows with their square");
        LearnedColumns columns = LearnedColumns.Of(configuration, learned);
        var shapes = new BlockShapes(columns, FrameNoise.Bound(statistics.FrameDefect, configuration.Features, configuration.Hidden));
        (Partition partition, RouteAgreement agreement) = Propose(columns, shapes, options);
        partition = ObliqueRoute.Refine(columns, partition, shapes);

        Summand[] summands = Array.ConvertAll(partition.Blocks, block => SummandOf(block, partition.Noise, columns, configuration, shapes));
        return Compose(statistics, learned, partition.Rank, summands, Orthogonality.Defect(partition.Blocks), partition.Noise, agreement);
    }

    private static (Partition Partition, RouteAgreement Agreement) Propose(LearnedColumns columns, BlockShapes shapes, LabelOptions options)
    {
        if (options.Route == SummandRoute.Planes)
        {
            PlaneSum alone = PlaneRoute.Find(columns, options);
            return (PlanePartition.Of(columns, alone, options.Constants, shapes.Evidence), new RouteAgreement(true, "", alone.Route));
        }
        Partition blocks = DirectSum.Find(columns.Unit, columns.Hidden, columns.Count, columns.Gram, shapes.Evidence);
        if (options.Route == SummandRoute.Blocks) return (blocks, new RouteAgreement(true, "", PlaneRoute.BlocksAlone));
        PlaneSum planes = PlaneRoute.Find(columns, options);
        string note = PlaneRoute.Difference(columns, blocks, planes, Math.Min(options.MaxPlaneDim, blocks.Rank));
        if (note.Length == 0) return (blocks, new RouteAgreement(true, "", planes.Route));
        Partition sum = PlanePartition.Of(columns, planes, options.Constants, shapes.Evidence);
        bool better = sum.Evidence > blocks.Evidence && !(sum.Noise > DirectSum.LargestNoise);
        return (better ? sum : blocks, new RouteAgreement(false, note + (better ? "; kept the planes" : "; kept the blocks"), planes.Route));
    }

    private static Summand SummandOf(Block block, double noise, LearnedColumns columns, FeatureConfiguration w, BlockShapes shapes)
    {
        int[] features = Array.ConvertAll(block.Features, i => columns.Features[i]);
        return new Summand(block.Dim, features, shapes.Match(block, noise), SummandSphere.Fit(block, features, w));
    }

    private static RunLabel Compose(
        FeatureStatistics statistics, int[] learned, int rank, Summand[] summands, double orthogonalityDefect, double noise, RouteAgreement agreement)
    {
        Formula formula = Formula.Of(Array.ConvertAll(summands, static s => new FormulaTerm(1, s.Match.Shape, s.Dim, s.Directions)));
        if (summands.Length > 1) Array.Sort(Array.ConvertAll(summands, s => (Term(formula, s), s.Features[0])), summands);
        double residual = double.NaN;
        foreach (Summand summand in summands)
        {
            if (double.IsNaN(residual) || summand.Match.ResidualDegrees > residual) residual = summand.Match.ResidualDegrees;
        }
        return new RunLabel
        {
            Label = LabelRules.Of(formula),
            Formula = formula.ToString(),
            Summands = summands,
            Learned = learned,
            Rank = rank,
            DimsPerFeature = statistics.DimsPerFeature,
            FrameDefect = statistics.FrameDefect,
            MaxResidualDegrees = residual,
            OrthogonalityDefect = orthogonalityDefect,
            Norms = statistics.Norms,
            Dimensionalities = statistics.Dimensionalities,
            NoiseScale = noise,
            Agreement = agreement,
        };
    }

    /// <summary>The place of the summand's term in the formula.</summary>
    private static int Term(Formula formula, Summand summand)
    {
        int term = 0;
        while (formula.Terms[term].Shape != summand.Match.Shape || formula.Terms[term].Dim != summand.Dim || formula.Terms[term].Count != summand.Directions) term++;
        return term;
    }
}
