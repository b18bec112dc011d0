using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;
using Geometry.Summands;
using MathNet.Numerics;
using FisherSnedecor = MathNet.Numerics.Distributions.FisherSnedecor;

namespace Geometry.Labels;

/// <summary>Whether random lines explain a shape that consists of opposite pairs.</summary>
/// <remarks>
/// <para>
/// Features of trained models come in opposite pairs. What is random about such a block is a set of L lines, not one of 2L directions. So a
/// shape of opposite pairs also has to be improbable under two further null models: L independent random lines
/// (<see cref="Shape.LogProbabilityOfLines"/>), and the lines of a random tight frame (<see cref="TightLinesNull"/>; for 2k lines and more,
/// which are no line frames, the bound of <see cref="TightFrameNull"/>). For both, the pairs are first made exactly opposite, because their
/// leans are no misfit of the lines.
/// </para>
/// <para>
/// The leans measure the noise, and they are the only measure that random lines cannot imitate. Noise of σ per coordinate gives Σ‖v⁺ + v⁻‖²
/// = 2σ²χ² with L(k−1) degrees of freedom, moves the angles of the lines by r² ≈ σ²·2(L−1)/(2L−1)·χ²_q/q, and their weights by Σ(u_i/ū −
/// 1)² = 2σ²·c/(k−1)·χ²_{L−1}, c = L − k. A misfit within the corresponding quantile of Fisher's F is noise, and then the two null models
/// do not count, just as they do not for a triangle at σ = 0.06.
/// </para>
/// <para>
/// The block may be a part of W that was chosen from many: where the partition is noisier than the leans allow, or where all linear
/// relations among the lines of W are those of the block, since then every line that is nearly orthogonal by chance leaves a frame of the
/// other lines. Chance then had as many tries as there are parts of that size, and as many sizes, from three lines on.
/// </para>
/// </remarks>
/// <param name="columns">The learned columns.</param>
/// <param name="constants">The numbers that decide.</param>
internal sealed class BlockLines(LearnedColumns columns, DecisionConstants constants)
{
    // The pairs of the whole of W, computed at the first use; one instance serves one thread.
    private (int Count, int Rank)? _pairs;

    /// <summary>True where one of the two null models explains the shape and noise does not.</summary>
    /// <param name="shape">The shape that the directions match.</param>
    /// <param name="unit">The directions, row-major count×dim.</param>
    /// <param name="residualDegrees">Their residual.</param>
    /// <param name="noise">σ of the partition or of the block, at least the floor.</param>
    /// <param name="alpha">The accepted risk for each null model, already divided by the number of catalogue entries of that size.</param>
    public bool Explain(Shape shape, ReadOnlySpan<double> unit, double residualDegrees, double noise, double alpha)
    {
        if (double.IsNegativeInfinity(shape.LogProbabilityOfLines(1)))
            return false;
        if (OppositeLines.Find(unit, shape.Dim, shape.Count) is not { } lines)
            return false;
        double lean = lines.LeanVariance,
            room = Elementary.Log(alpha) - Choices(lines, lean, noise);
        if (lines.Count < 2 * lines.Dim && IsAmongTight(lines, lean, room))
            return true;
        double residual = double.DegreesToRadians(residualDegrees);
        return LogProbability(shape, lines, residual) > room && IsAmongRandom(shape, lines, lean, room);
    }

    /// <summary>
    /// ln of the number of parts of W that could have been the block; 0 where the leans show that the partition is as exact as the noise
    /// allows.
    /// </summary>
    private double Choices(OppositeLines lines, double lean, double noise)
    {
        (int all, int rank) = _pairs ??= Pairs();
        if (all <= lines.Count)
            return 0;
        int freedom = lines.Count * (lines.Dim - 1);
        bool holdsAllRelations = lines.Count - lines.Dim >= all - rank;
        bool isLoose = noise > constants.NoiseFloor && freedom * lean < noise * noise * Quantiles.ChiSquare(freedom, constants.LineRisk);
        return holdsAllRelations || isLoose ? Elementary.Log(all - 2) + SpecialFunctions.BinomialLn(all, lines.Count) : 0;
    }

    /// <summary>
    /// The number of opposite pairs in W, and the dimension of the span of their lines; directions into which the lines reach by no more
    /// than <see cref="DecisionConstants.NoiseFloor"/> on average do not count.
    /// </summary>
    private (int Count, int Rank) Pairs()
    {
        var lines = FeatureLines.Find(columns.Unit, columns.Hidden, columns.Count, columns.Gram, constants.LeanCap);
        int[] pairs = [.. Enumerable.Range(0, lines.Count).Where(l => lines.Variance(l) < 1)];
        if (pairs.Length == 0)
            return (0, 0);
        var axes = PrincipalAxes.Of(lines.Unit, columns.Hidden, pairs);
        double least = pairs.Length * constants.NoiseFloor * constants.NoiseFloor;
        return (pairs.Length, Enumerable.Range(0, axes.Count).Count(k => axes.Value(k) > least));
    }

    /// <summary>
    /// ln P of random lines; from 2k lines on, the larger one of that and of the bound for the lines of random tight frames.
    /// </summary>
    private double LogProbability(Shape shape, OppositeLines lines, double residual)
    {
        double random = shape.LogProbabilityOfLines(residual);
        if (lines.Count < 2 * lines.Dim)
            return random;
        double exponent = Math.Min(1, lines.Dim * (lines.Count - lines.Dim) / (double)Codimension(shape));
        return Math.Max(random, TightFrameNull.LogBound(lines.Dim, random, exponent, constants));
    }

    /// <summary>
    /// Whether the null models explain the distance of the lines from the shape, while the leans do not explain it as noise.
    /// </summary>
    private bool IsAmongRandom(Shape shape, OppositeLines lines, double lean, double room)
    {
        double residual = double.DegreesToRadians(ShapeMatcher.Fit(lines.Straightened(), shape).Match.ResidualDegrees);
        double variance = residual * residual * (2 * lines.Count - 1) / (2.0 * (lines.Count - 1));
        return LogProbability(shape, lines, residual) > room && !IsNoise(variance, Codimension(shape), lean, lines);
    }

    /// <summary>
    /// Whether random tight frames explain the weights of the lines of a frame, while the leans do not explain them as noise.
    /// </summary>
    private bool IsAmongTight(OppositeLines lines, double lean, double room)
    {
        int count = lines.Count,
            k = lines.Dim,
            c = count - k;
        double spread = lines.SpreadOfWeights();
        return TightLinesNull.LogProbability(k, count, Math.Sqrt(spread) * k / c) > room
            && !IsNoise(spread * (k - 1) / (2.0 * c * (count - 1)), count - 1, lean, lines);
    }

    /// <summary>The number of directions in which the pairs can leave the shape and stay opposite.</summary>
    private static int Codimension(Shape shape) =>
        shape.Member is { IsGeneral: true }
            ? (shape.Dim - 1) * (shape.Dim + 2) / 2
            : Math.Max(1, shape.Count / 2 * (shape.Dim - 1) - shape.Dim * (shape.Dim - 1) / 2 - (shape.Parameter is null ? 0 : 1));

    /// <summary>Whether a variance per coordinate with some degrees of freedom is no larger than the noise that the leans show.</summary>
    private bool IsNoise(double variance, int freedom, double lean, OppositeLines lines) =>
        lean > 0 && FisherSnedecor.CDF(freedom, lines.Count * (lines.Dim - 1), variance / lean) <= 1 - constants.LineRisk;
}
