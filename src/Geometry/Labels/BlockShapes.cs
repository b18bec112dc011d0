using System.Buffers;
using System.Numerics.Tensors;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Shapes.Significance;
using Geometry.Summands;
using MathNet.Numerics;

namespace Geometry.Labels;

/// <summary>Gives blocks of columns their names, and says what a name is worth as evidence.</summary>
/// <remarks>
/// A shape's name has to be improbable under two null models, each with probability at most α: independent random directions
/// (<see cref="ShapeMatcher"/>), and a random tight frame (<see cref="TightFrameNull"/>) where the block's raw columns are as tight as one
/// (<see cref="BlockFrame"/>). A shape of opposite pairs also has to be improbable under the same two null models of lines
/// (<see cref="BlockLines"/>). The shape is that of the directions: features that are closer than noise can tell apart share one
/// (<see cref="SharedDirections"/>). Pairs and single directions, d = 1, are named by their lean in R^r (<see cref="LineShapes"/>).
/// </remarks>
/// <param name="columns">The learned columns.</param>
/// <param name="frame">Norms and tightness of W; null: equal norms, and a frame whose tightness says nothing.</param>
/// <param name="constants">The numbers that decide; null: the defaults.</param>
/// <param name="catalogue">The shapes that a block may have; null: the built-in ones.</param>
internal sealed class BlockShapes(
    LearnedColumns columns,
    FrameOfRun? frame = null,
    DecisionConstants? constants = null,
    ShapeCatalogue? catalogue = null
) : IShapeEvidence
{
    private readonly DecisionConstants _constants = constants ?? DecisionConstants.Default;
    private readonly MatchOptions _options = Options(constants, catalogue, 1),
        _alone = Options(constants, catalogue, (constants ?? DecisionConstants.Default).AloneShare);

    // One instance serves one thread.
    private readonly Dictionary<(int[] Features, int Dim), ShapeMatch> _nearest = new(FeatureSets.Instance);
    private readonly BlockLines _lines = new(columns, constants ?? DecisionConstants.Default);

    /// <summary>The same object for other columns of the run.</summary>
    public BlockShapes For(LearnedColumns others) => new(others, frame, constants, catalogue);

    /// <summary>
    /// The evidence that the block is a catalogue shape: −ln p of its match, or −<see cref="DecisionConstants.IrregularCost"/> without one.
    /// </summary>
    public double Evidence(Block block)
    {
        ShapeMatch match = Match(block);
        if (!match.IsNamed)
            return -_constants.IrregularCost;
        if (block.Dim == 1 || block.Features.Length > _constants.Limits.ShapeEvidenceFeatures)
            return 0;
        // The floor is added in quadrature, so that of two nearly exact fits the better one still has more evidence.
        double floor = double.RadiansToDegrees(_constants.NoiseFloor),
            residual = Math.Sqrt((match.ResidualDegrees * match.ResidualDegrees) + (floor * floor));
        return -_options.Catalogue.Find(match.Shape).LogPValue(residual);
    }

    /// <inheritdoc/>
    public double Shape(Block block) => Evidence(block);

    /// <inheritdoc/>
    public double Lean(Block block)
    {
        if (block.Dim > 1 || block.Features.Length != 2)
            return 0;
        ShapeMatch match = Match(block);
        return match is { IsNamed: true, Shape: "antipode" } ? LeanEvidence(match.ResidualDegrees, columns.Hidden, _constants) : 0;
    }

    /// <summary>
    /// What the lean of a pair is worth, nats: −ln of its p-value. A smaller lean than the one that the floor of the noise causes (at most
    /// <see cref="DecisionConstants.LeanCap"/>) counts as that one: greater precision is no further evidence.
    /// </summary>
    /// <param name="leanDegrees">180° less the angle of the pair, in [0, 180].</param>
    /// <param name="rank">r, the rank of all columns of W, ≥ 1.</param>
    /// <param name="constants">The floor of the noise and the cap on leans.</param>
    public static double LeanEvidence(double leanDegrees, int rank, DecisionConstants constants) =>
        -AntipodeNull.LogPValue(
            Math.Max(leanDegrees, Math.Min(AntipodeNull.LeanOfNoise(constants.NoiseFloor, rank), constants.LeanCap)),
            rank
        );

    /// <summary>The shape of the block's directions, at the block's own noise.</summary>
    public ShapeMatch Match(Block block) => Name(block, double.NaN).Match;

    /// <summary>The shape and the directions of a block.</summary>
    /// <param name="block">A block of the partition.</param>
    /// <param name="noise">The partition's noise, radians per coordinate; NaN where it is not known, as during the search for the
    /// partition: then it is estimated from how far the block's columns stick out of its plane. It is at least the floor in any case; a
    /// block that fills the space has the floor.
    /// </param>
    public BlockName Name(Block block, double noise)
    {
        if (block.Dim == 1)
            return LineShapes.Name(columns, block.Features, noise, _constants);
        int c = block.Features.Length,
            d = block.Dim;
        double[] rented = ArrayPool<double>.Shared.Rent(c * (d + 1));
        Span<double> unit = rented.AsSpan(0, c * d),
            squares = rented.AsSpan(c * d, c);
        BlockName name = TryCoordinates(block, unit, squares, out double least)
            ? Name(block, unit, squares, least, Math.Max(double.IsNaN(noise) ? OwnNoise(block) : noise, _constants.NoiseFloor))
            : new BlockName(new ShapeMatch(ShapeMatch.Irregular(d, c), null, double.NaN, double.NaN, double.NaN), c, null);
        ArrayPool<double>.Shared.Return(rented);
        return name;
    }

    private BlockName Name(Block block, ReadOnlySpan<double> unit, ReadOnlySpan<double> squares, double least, double noise)
    {
        int c = block.Features.Length,
            d = block.Dim;
        MatchOptions options = c == columns.Count && d == columns.Hidden ? _alone : _options;
        var apart = new BlockName(Judged(Nearest(block, unit, options), unit, squares, d, noise, options), c, null);
        if (c <= d || !HasNearPair(block.Features, unit, d, least, noise))
            return apart;

        int[] directionOf = new int[c];
        int directions = SharedDirections.Find(unit, d, noise, _constants, directionOf);
        if (directions == c)
            return apart;
        double[] rented = ArrayPool<double>.Shared.Rent(directions * (d + 1));
        Span<double> means = rented.AsSpan(0, directions * d),
            sums = rented.AsSpan(directions * d, directions);
        SharedDirections.Means(unit, d, directionOf, means);
        sums.Clear();
        for (int i = 0; i < c; i++)
            sums[directionOf[i]] += squares[i];
        var shared = new BlockName(
            Judged(ShapeMatcher.Match(means, d, directions, options), means, sums, d, noise, options),
            directions,
            directionOf
        );
        ArrayPool<double>.Shared.Return(rented);
        // Two neighbours of a noisy polygon may come close by chance when the noise shows only inside the planes. So where both have a
        // name, the shape of the shared directions has to be clearly nearer.
        return
            apart.Match.IsNamed
            && !(shared.Match.IsNamed && shared.Match.ResidualDegrees < _constants.NearerShare * apart.Match.ResidualDegrees)
            ? apart
            : shared;
    }

    /// <summary>The nearest shape of a block: searches at several ranks, and the name at last, ask for the same ones.</summary>
    private ShapeMatch Nearest(Block block, ReadOnlySpan<double> unit, MatchOptions options)
    {
        if (block.Features.Length <= block.Dim)
            return ShapeMatcher.Match(unit, block.Dim, block.Features.Length, options);
        if (_nearest.TryGetValue((block.Features, block.Dim), out ShapeMatch? known))
            return known;
        ShapeMatch match = ShapeMatcher.Match(unit, block.Dim, block.Features.Length, options);
        _nearest.Add((block.Features, block.Dim), match);
        return match;
    }

    /// <summary>
    /// The match with the nearest shape, without the name where a null model explains it. Where the partition is noisier than W as a frame
    /// allows, W is one tight frame, and the block is a part of it that was chosen from many; chance then had as many tries as there are
    /// parts of that size, and as many sizes, from three features on. This is asked for simplices alone: all vectors of a larger block have
    /// to lie in its plane, and the constraints of the partition already count that. A tight frame is accepted at half of α only, because
    /// it has near-shapes both as a whole and in its parts.
    /// </summary>
    private ShapeMatch Judged(
        ShapeMatch match,
        ReadOnlySpan<double> unit,
        ReadOnlySpan<double> squares,
        int d,
        double noise,
        MatchOptions options
    )
    {
        int c = squares.Length;
        if (!match.IsNamed)
            return match;
        Shape shape = options.Catalogue.Find(match.Shape);
        IReadOnlyList<Shape> forms = options.Catalogue.FormsOfSize(d, c);
        int entries = options.Catalogue.OfSize(d, c).Count + (forms.Contains(shape) ? forms.Count : 0);
        bool isOfLines = _lines.Explain(shape, unit, match.ResidualDegrees, noise, _alone.Alpha / entries);
        if (isOfLines)
            return match with { Shape = ShapeMatch.Irregular(d, c) };
        double p = TightFrameNull.Probability(shape, match.ResidualDegrees, match.PValue, _constants);
        double largest = frame?.LargestVariance ?? double.PositiveInfinity;
        // A W with one column more than dimensions is known from its null vector, and every coordinate of that vector which chance makes
        // small leaves a simplex of the other columns.
        bool isPart =
            c == d + 1
            && ((noise > _constants.NoiseFloor && noise * noise > largest) || (columns.Count == columns.Hidden + 1 && c < columns.Count));
        double choices = isPart ? Elementary.Log(columns.Count - 2) + SpecialFunctions.BinomialLn(columns.Count, c) : 0;
        if (Elementary.Log(p * entries) + choices <= Elementary.Log(_alone.Alpha))
            return match;
        bool isNull = BlockFrame.IsNull(
            BlockFrame.Defect(unit, squares, d),
            d,
            c,
            match.ResidualDegrees,
            shape.Codimension,
            noise,
            largest,
            _constants
        );
        return isNull ? match with { Shape = ShapeMatch.Irregular(d, c) } : match;
    }

    /// <summary>
    /// Whether some pair of features is near enough to share a direction. For most blocks the cosines of the columns answer that: the part
    /// of a column outside the plane changes a cosine by no more than its squared length.
    /// </summary>
    /// <param name="features">The block's features.</param>
    /// <param name="unit">Their unit coordinates in the plane.</param>
    /// <param name="d">Dimension of the plane.</param>
    /// <param name="least">The smallest length that a unit column has inside the plane.</param>
    /// <param name="noise">σ, radians.</param>
    private bool HasNearPair(int[] features, ReadOnlySpan<double> unit, int d, double least, double noise)
    {
        double inside = least * least,
            link = SharedDirections.LargestLink(_constants),
            near = inside * Elementary.Cos(link) - (1 - inside);
        bool isKnown = false;
        for (int a = 1; a < features.Length; a++)
        {
            ReadOnlySpan<double> row = columns.Gram.AsSpan(features[a] * columns.Count, columns.Count);
            for (int b = 0; b < a; b++)
            {
                if (row[features[b]] < near)
                    continue;
                if (!isKnown)
                {
                    link = Math.Min(link, SharedDirections.Reach(d, noise, _constants));
                    near = inside * Elementary.Cos(link) - (1 - inside);
                    isKnown = true;
                    if (row[features[b]] < near)
                        continue;
                }
                if (SharedDirections.AreWithin(unit, d, a, b, link))
                    return true;
            }
        }
        return false;
    }

    /// <summary>
    /// The root mean square coordinate of the block's columns outside its plane; 0 where there is nothing outside, or where the block has
    /// no more columns than dimensions.
    /// </summary>
    private double OwnNoise(Block block)
    {
        long constraints = block.Constraints(columns.Hidden);
        return constraints > 0 ? Math.Sqrt(block.Outside / constraints) : 0;
    }

    /// <summary>
    /// Unit coordinates of the block's columns within its first Dim axes, row-major count×dim, their squared norms relative to the first
    /// column's, and the smallest length that a unit column has inside; false when a column mostly sticks out of the axes, as in candidate
    /// blocks that are no plane of that dimension.
    /// </summary>
    private bool TryCoordinates(Block block, Span<double> unit, Span<double> squares, out double least)
    {
        int d = block.Dim;
        least = 1;
        for (int i = 0; i < block.Features.Length; i++)
        {
            int feature = block.Features[i];
            Span<double> row = unit.Slice(i * d, d);
            block.Project(columns.Column(feature), row);
            double inside = Vectors.Norm(row);
            if (inside < _constants.LeastInPlane)
                return false;
            least = Math.Min(least, inside);
            TensorPrimitives.Divide(row, inside, row);
            double norm = inside;
            if (frame is not null)
                norm *= frame.Norms[columns.Features[feature]] / frame.Norms[columns.Features[block.Features[0]]];
            squares[i] = norm * norm;
        }
        return true;
    }

    // The two options that almost every run needs, with the catalogue that was used last.
    private static volatile MatchOptions[]? s_last;

    private static MatchOptions Options(DecisionConstants? constants, ShapeCatalogue? catalogue, double share)
    {
        catalogue ??= ShapeCatalogue.Default;
        if (constants is not null && !ReferenceEquals(constants, DecisionConstants.Default))
            return Made(constants, catalogue, share);
        MatchOptions[]? last = s_last;
        if (last is null || !ReferenceEquals(last[0].Catalogue, catalogue))
            s_last = last = [
                Made(DecisionConstants.Default, catalogue, 1),
                Made(DecisionConstants.Default, catalogue, DecisionConstants.Default.AloneShare),
            ];
        return last[share == 1 ? 0 : 1];
    }

    private static MatchOptions Made(DecisionConstants constants, ShapeCatalogue catalogue, double share)
    {
        MatchOptions options = MatchOptions.Default with { Constants = constants, Catalogue = catalogue };
        return options with { Alpha = share * options.Alpha };
    }
}

/// <summary>The name of a block.</summary>
/// <param name="Match">The shape of its directions.</param>
/// <param name="Directions">Number of distinct directions.</param>
/// <param name="DirectionOf">The index of the direction of each feature of the block, numbered by first feature; null where each feature
/// has its own.</param>
internal readonly record struct BlockName(ShapeMatch Match, int Directions, int[]? DirectionOf);
