using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Formulas;
using Geometry.Shapes;
using Geometry.Summands;
using FisherSnedecor = MathNet.Numerics.Distributions.FisherSnedecor;

namespace Geometry.Labels;

/// <summary>The whole analysis of one run: a weight matrix W goes in, its label comes out.</summary>
/// <remarks>
/// The steps: learned columns → planes of the Hough transform → the contest between the blocks of the Gram matrix, these planes and sums at
/// free angles → the shape and the sphere of each summand → formula → label. Deterministic; invariant under rotations of R^m, equivariant
/// under permutations of the features.
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
        if (!(options.MinNorm is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.MinNorm, "min-norm: expected a number in (0, 1]");
        if (options.MaxPlaneDim < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxPlaneDim, "max-plane-dim: expected a whole number ≥ 1");
        if (options.SampleFeatures < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.SampleFeatures, "sample: expected a whole number ≥ 0");

        if (configuration.Features > MostLearned)
            RefuseTooMany(FeatureStatistics.Learned(configuration, options.MinNorm).Length);
        FeatureStatistics statistics = FeatureStatistics.Of(configuration);
        int[] learned = statistics.Learned(options.MinNorm);
        if (learned.Length == 0)
            return Compose(statistics, learned, 0, [], double.NaN, double.NaN, new RouteAgreement(true, "", PlaneRoute.BlocksAlone), "");

        LearnedColumns columns = LearnedColumns.Of(configuration, learned);
        var shapes = new BlockShapes(
            columns,
            FrameOfRun.Of(statistics, configuration.Hidden, columns.Hidden, options.Constants),
            options.Constants,
            options.Catalogue
        );
        (Partition partition, RouteAgreement agreement, string decidedBy) = TwinFeatures.Of(columns, options.Constants) is { } twins
            ? Decide(twins, shapes, options)
            : Decide(columns, shapes, options);

        var summands = new Summand[partition.Blocks.Length];
        for (int s = 0; s < summands.Length; s++)
        {
            Block block = partition.Blocks[s];
            summands[s] = SummandOf(
                block,
                NoiseBeside(block, partition, columns.Hidden, options.Constants),
                columns,
                statistics.Norms,
                shapes,
                options.Constants
            );
        }
        return Compose(
            statistics,
            learned,
            partition.Rank,
            summands,
            partition.OrthogonalityDefect(),
            partition.Noise,
            agreement,
            decidedBy
        );
    }

    private static void RefuseTooMany(int learned)
    {
        if (learned > MostLearned)
            throw new UnsupportedRunException(
                $"expected at most {MostLearned} learned features, found {learned}: labelling is for toy models, its memory "
                    + $"grows with their square; 'geometry planes' looks for planes in larger dictionaries"
            );
    }

    private static (Partition Partition, RouteAgreement Agreement, string DecidedBy) Decide(
        TwinFeatures twins,
        BlockShapes shapes,
        LabelOptions options
    ) => twins.Decide(directions => Decide(directions, shapes.For(directions), options));

    /// <summary>The winning partition, whether planes and blocks agree, and which of them proposed it.</summary>
    private static (Partition Partition, RouteAgreement Agreement, string DecidedBy) Decide(
        LearnedColumns columns,
        BlockShapes shapes,
        LabelOptions options
    )
    {
        PlaneSum? planes = options.Route == SummandRoute.Blocks ? null : PlaneRoute.Find(columns, options);
        if (options.Route == SummandRoute.Planes)
            return (
                PlanePartition.Of(columns, planes!, options.Constants, shapes),
                new RouteAgreement(true, "", planes!.Route) { IsCompared = false },
                "planes"
            );

        int[][] proposed = planes is null ? [] : [.. planes.Planes.Select(p => p.Features)];
        (Partition partition, bool byPlanes) = DirectSum.Find(
            columns.Unit,
            columns.Hidden,
            columns.Count,
            columns.Gram,
            shapes,
            proposed,
            options.Constants
        );
        if (planes is null)
            return (partition, new RouteAgreement(true, "", PlaneRoute.BlocksAlone) { IsCompared = false }, "blocks");
        string note = PlaneRoute.Difference(columns, partition, planes, Math.Min(options.MaxPlaneDim, partition.Rank));
        bool isShared = note.Length == 0 && Array.Exists(proposed, partition.Has);
        string decidedBy =
            byPlanes ? "planes"
            : isShared ? "both"
            : "blocks";
        return (partition, new RouteAgreement(note.Length == 0, note, planes.Route), decidedBy);
    }

    /// <summary>
    /// The noise by which the name of a block is judged, radians. For most blocks it is the noise of the whole partition. For two features
    /// on one line it is the noise of everything else, because their own lean must not excuse itself. A pair that leans by more than the
    /// cap gets NaN (any noise is allowed) where the noise of the run explains such a lean, else 0 (no noise is allowed).
    /// </summary>
    private static double NoiseBeside(Block block, Partition partition, int space, DecisionConstants constants)
    {
        if (block.Dim > 1 || block.Features.Length < 2)
            return partition.Noise;
        // The two sides of a pair have |cos| = 1 − Outside.
        if (block.Features.Length == 2 && block.Outside > 1 - Elementary.Cos(double.DegreesToRadians(constants.LeanCap)))
            return IsLeanOfNoise(block, partition, space, constants) ? double.NaN : 0;
        long others = partition.Terms.Constraints - block.Constraints(space);
        return others > 0 ? Math.Sqrt(Math.Max(0, partition.Terms.Rss - block.Outside) / others) : 0;
    }

    /// <summary>
    /// Whether the noise of the partition explains the lean of a pair. The leans of pairs do not count as a measure of that noise, since
    /// they would excuse each other; it is measured by how far larger summands stick out of their planes, and how far the summands are from
    /// orthogonal. The squared length of the pair outside its line is ~ σ²χ²_{r−1}, and the RSS of the D other constraints is ~ σ²χ²_D, so
    /// that their ratio follows Fisher's F, which is wide where D is small. False where the other constraints are met exactly, or where
    /// there are none.
    /// </summary>
    private static bool IsLeanOfNoise(Block pair, Partition partition, int space, DecisionConstants constants)
    {
        double rss = partition.Terms.Rss;
        long others = partition.Terms.Constraints;
        foreach (Block line in partition.Blocks)
        {
            if (line.Dim > 1)
                continue;
            rss -= line.Outside;
            others -= line.Constraints(space);
        }
        if (others <= 0 || rss <= 0)
            return false;
        double ratio = pair.Outside / (space - 1) / (rss / others);
        return FisherSnedecor.CDF(space - 1, others, ratio) <= 1 - constants.LeanRisk;
    }

    private static Summand SummandOf(
        Block block,
        double noise,
        LearnedColumns columns,
        double[] norms,
        BlockShapes shapes,
        DecisionConstants constants
    )
    {
        int[] features = Array.ConvertAll(block.Features, i => columns.Features[i]);
        BlockName name = shapes.Name(block, noise);
        var summand = new Summand(block.Dim, features, name.Match, SummandSphere.Fit(block, columns, norms));
        if (name.DirectionOf is not null)
            summand = summand with { Directions = name.Directions, DirectionOf = name.DirectionOf };
        if (summand.Match.IsNamed)
            return summand;
        // Trained models are off by a degree even without noise; where the noise is not known (NaN) that floor stands for it.
        double lean = double.MaxNumber(noise, constants.NoiseFloor);
        return summand with
        {
            Description = SummandDescription.Of(block, columns, summand.Directions, summand.DirectionOf, lean, constants),
        };
    }

    private static RunLabel Compose(
        FeatureStatistics statistics,
        int[] learned,
        int rank,
        Summand[] summands,
        double orthogonalityDefect,
        double noise,
        RouteAgreement agreement,
        string decidedBy
    )
    {
        Formula formula = Formula.Of(Array.ConvertAll(summands, static s => new FormulaTerm(1, s.Match.Shape, s.Dim, s.Directions)));
        if (summands.Length > 1)
            Array.Sort(Array.ConvertAll(summands, s => (Term(formula, s), s.Features[0])), summands);
        double residual = double.NaN;
        foreach (Summand summand in summands)
        {
            if (double.IsNaN(residual) || summand.Match.ResidualDegrees > residual)
                residual = summand.Match.ResidualDegrees;
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
            DecidedBy = decidedBy,
        };
    }

    /// <summary>The index of the summand's term in the formula.</summary>
    private static int Term(Formula formula, Summand summand)
    {
        int term = 0;
        while (
            formula.Terms[term].Shape != summand.Match.Shape
            || formula.Terms[term].Dim != summand.Dim
            || formula.Terms[term].Count != summand.Directions
        )
            term++;
        return term;
    }
}

/// <summary>The label of a run, derived from its formula.</summary>
public static class LabelRules
{
    /// <summary>
    /// <c>none</c> for no terms; <c>irregular</c> when some summand is; <c>orthogonal</c> for dedicated only; <c>antipodal</c> for
    /// antipodes only; the shape's name for one summand; else <c>tegum-product</c>.
    /// </summary>
    public static string Of(Formula formula)
    {
        IReadOnlyList<FormulaTerm> terms = formula.Terms;
        if (terms.Count == 0)
            return "none";
        if (terms.Any(static t => ShapeMatch.IsIrregular(t.Shape)))
            return "irregular";
        if (terms.Count > 1)
            return "tegum-product";
        return terms[0].Shape switch
        {
            "dedicated" => "orthogonal",
            "antipode" => "antipodal",
            _ when terms[0].Multiplicity == 1 => terms[0].Shape,
            _ => "tegum-product",
        };
    }
}

/// <summary>A run that cannot be labelled; the message is one line that says why.</summary>
public sealed class UnsupportedRunException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    public UnsupportedRunException(string message)
        : base(message) { }
}
