using System.Buffers;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Shapes.Significance;

namespace Geometry.Labels;

/// <summary>Names what lies along one line: a dedicated direction, or an antipode, each made of one feature or several.</summary>
/// <remarks>
/// <para>
/// The features with a positive cosine to the block's first are one side of the line, the others the other side. A side is one direction
/// where no two of its features are further apart than noise takes them, an angle θ with θ² = 2σ²χ²_{r−1} in R^r (0 for r = 1, where
/// there are no angles), where σ is the partition's noise or, before that is known, the floor of the noise.
/// </para>
/// <para>
/// Two sides are an antipode where their mean directions lean off 180° by no more than a cap: 15°, or the lean that noise gives to pairs if
/// that is larger. For the latter, σ is the noise of everything but the leans, at most <see cref="MatchOptions.NoiseDegrees"/>, and equal
/// to that before the noise is known. The p-value says whether chance explains a pair, and the search for the partition weighs it. In R^6
/// pairs lean by 11° at σ = 0.06, in R^30 by 13° at 0.03. What has no name is <c>irregular(1,directions)</c>. O(c²r).
/// </para>
/// </remarks>
internal static class LineShapes
{
    // Degrees, and cosines: a lean of exactly the cap is within it, whatever its rounding.
    private const double Rounding = 1e-9;

    private static readonly ShapeMatch s_dedicated = new("dedicated", "dedicated", 0, 1, double.NaN);

    /// <summary>The name of a block of dimension 1.</summary>
    /// <param name="columns">The learned columns.</param>
    /// <param name="features">Its features, ascending.</param>
    /// <param name="noise">The noise of everything but the block, radians per coordinate; NaN where it is not known or has no
    /// limit.</param>
    /// <param name="constants">The caps.</param>
    public static BlockName Name(LearnedColumns columns, int[] features, double noise, DecisionConstants constants)
    {
        int c = features.Length,
            r = columns.Hidden;
        if (c == 1)
            return new BlockName(s_dedicated, 1, null);
        double cap = Cap(noise, r, constants);
        if (c > 2)
            return Bundles(columns, features, noise, cap, constants);
        double cosine = columns.Gram[features[0] * columns.Count + features[1]];
        return cosine > 0
            ? Bundles(columns, features, noise, cap, constants)
            : Pair(Lean(columns.Column(features[0]), columns.Column(features[1])), r, cap, null);
    }

    /// <summary>Largest lean of an antipode, degrees.</summary>
    private static double Cap(double noise, int rank, DecisionConstants constants)
    {
        double most = double.DegreesToRadians(constants.NoiseDegrees),
            sigma = noise < most ? noise : most;
        double ofNoise = sigma * Math.Sqrt(2 * Quantiles.ChiSquare(rank - 1, 1 - constants.LeanRisk));
        return Math.Max(constants.LeanCap, double.RadiansToDegrees(ofNoise)) + Rounding;
    }

    private static BlockName Bundles(LearnedColumns columns, int[] features, double noise, double cap, DecisionConstants constants)
    {
        int c = features.Length,
            r = columns.Hidden;
        int[] side = new int[c];
        double sigma = noise > constants.NoiseFloor ? noise : constants.NoiseFloor;
        double ofNoise = SharedDirections.Reach(r, sigma, constants);
        double widest = Elementary.Cos(Math.Min(double.DegreesToRadians(constants.LeanCap), ofNoise)) - Rounding;
        bool narrow = true;
        for (int i = 0; i < c; i++)
        {
            ReadOnlySpan<double> row = columns.Gram.AsSpan(features[i] * columns.Count, columns.Count);
            side[i] = row[features[0]] > 0 ? 0 : 1;
            for (int j = 0; j < i; j++)
            {
                if (side[i] == side[j] && row[features[j]] < widest)
                    narrow = false;
            }
        }
        if (!narrow)
            return new BlockName(new ShapeMatch(ShapeMatch.Irregular(1, c), null, double.NaN, double.NaN, double.NaN), c, null);
        if (Array.TrueForAll(side, static s => s == 0))
            return new BlockName(s_dedicated, 1, side);

        double[] rented = ArrayPool<double>.Shared.Rent(2 * r);
        Span<double> means = rented.AsSpan(0, 2 * r);
        means.Clear();
        for (int i = 0; i < c; i++)
            Vectors.Axpy(1, columns.Column(features[i]), means.Slice(side[i] * r, r));
        Vectors.Scale(1 / Vectors.Norm(means[..r]), means[..r]);
        Vectors.Scale(1 / Vectors.Norm(means[r..]), means[r..]);
        double lean = Lean(means[..r], means[r..]);
        ArrayPool<double>.Shared.Return(rented);
        return Pair(lean, r, cap, side);
    }

    private static BlockName Pair(double lean, int rank, double cap, int[]? side) =>
        new(
            new ShapeMatch(
                lean <= cap ? "antipode" : ShapeMatch.Irregular(1, 2),
                "antipode",
                lean,
                AntipodeNull.PValue(lean, rank),
                double.NaN
            ),
            2,
            side
        );

    /// <summary>180° less the angle between two unit vectors, degrees; from their sum, because the cosine is flat near 180°.</summary>
    private static double Lean(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double squares = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double sum = x[k] + y[k];
            squares += sum * sum;
        }
        return 2 * double.RadiansToDegrees(Elementary.Asin(Math.Min(1, Math.Sqrt(squares) / 2)));
    }
}
