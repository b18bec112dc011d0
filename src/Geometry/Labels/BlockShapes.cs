using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>Matches blocks of columns with the catalogue and says what a match is worth as evidence.</summary>
/// <param name="columns">The learned columns.</param>
/// <param name="largestNoise">The most noise that they can have, radians a coordinate (<see cref="FrameNoise"/>).</param>
internal sealed class BlockShapes(LearnedColumns columns, double largestNoise = double.PositiveInfinity)
{
    /// <summary>
    /// What an unexplained block costs, nats. A direct sum of shapes is the hypothesis under test; a block that is just "some k-plane" can
    /// absorb any pair of true summands at the price of d_S·d_T constraints, as little as 2 nats for two single features. e^−12 is the
    /// prior odds of meeting such a block.
    /// </summary>
    private const double IrregularCost = 12;

    /// <summary>Residuals below this count as this, degrees: the floor of the noise in <see cref="PartitionScore"/>.</summary>
    private const double ResidualFloor = 1.2;

    /// <summary>
    /// For a block that fills R^m and holds every column: nothing but the shape then speaks for structure, so chance is given half the
    /// usual room. Three random directions in the plane pass for a triangle in 0.4 % of cases.
    /// </summary>
    private static readonly MatchOptions Alone = MatchOptions.Default with { Alpha = MatchOptions.Default.Alpha / 2 };

    /// <summary>Noise that a simplex is always granted, degrees a coordinate: what training leaves.</summary>
    private const double LeastNoise = 1;

    /// <summary>The evidence that the block is a catalogue shape: −ln p of its match, or −<see cref="IrregularCost"/> without one.</summary>
    public double Evidence(Block block)
    {
        ShapeMatch match = Match(block);
        if (!match.IsNamed) return -IrregularCost;
        if (block.Dim == 1) return 0;
        double p = ShapeCatalogue.Default.Find(match.Shape).PValue(Math.Max(match.ResidualDegrees, ResidualFloor));
        return -Math.Log(Math.Max(p, 1e-300));
    }

    /// <summary>What the shape says in the contest.</summary>
    public BlockWorth Worth(Block block) => new(Evidence(block), 0);

    /// <summary>The block's nearest shape.</summary>
    public ShapeMatch Match(Block block) => Match(block, double.NaN);

    /// <summary>The block's nearest shape; a simplex only where the partition's misfit can be noise.</summary>
    /// <param name="block">A block of the partition.</param>
    /// <param name="noise">The partition's noise, radians a coordinate; NaN for none known.</param>
    public ShapeMatch Match(Block block, double noise)
    {
        int c = block.Features.Length, d = block.Dim;
        double[] y = ArrayPool<double>.Shared.Rent(c * d);
        ShapeMatch match = TryCoordinates(block, y)
            ? ShapeMatcher.Match(y.AsSpan(0, c * d), d, c, Options(d, c, noise))
            : new ShapeMatch(string.Create(CultureInfo.InvariantCulture, $"irregular({d},{c})"), null, double.NaN, double.NaN, double.NaN);
        ArrayPool<double>.Shared.Return(y);
        return match is { Shape: "antipode" } ? match with { ResidualDegrees = 180 - Angle(block.Features[0], block.Features[1]) } : match;
    }

    private MatchOptions Options(int dim, int count, double noise)
    {
        MatchOptions options = count == columns.Count && dim == columns.Hidden ? Alone : MatchOptions.Default;
        if (count != dim + 1) return options;
        double most = Math.Max(double.RadiansToDegrees(largestNoise), LeastNoise);
        if (double.RadiansToDegrees(noise) > most) most = 0;
        return most < options.NoiseDegrees ? options with { NoiseDegrees = most } : options;
    }

    // On a line two opposite vectors are opposite without remainder; how far they are from it shows only in R^m. Near 180° the
    // cosine is flat, the sum x_i + x_j is not.
    private double Angle(int i, int j)
    {
        double squares = 0;
        for (int k = 0; k < columns.Hidden; k++)
        {
            double sum = columns.Column(i)[k] + columns.Column(j)[k];
            squares += sum * sum;
        }
        return 180 - 2 * double.RadiansToDegrees(Math.Asin(Math.Min(1, Math.Sqrt(squares) / 2)));
    }

    /// <summary>
    /// Unit coordinates of the block's columns within its first Dim axes, row-major count×dim; false when a column mostly sticks
    /// out of them, which happens to candidate blocks that are no plane of that dimension.
    /// </summary>
    private bool TryCoordinates(Block block, Span<double> y)
    {
        int d = block.Dim;
        for (int i = 0; i < block.Features.Length; i++)
        {
            ReadOnlySpan<double> x = columns.Column(block.Features[i]);
            Span<double> row = y.Slice(i * d, d);
            for (int k = 0; k < d; k++) row[k] = Vectors.Dot(block.Axes.Axis(k), x);
            double norm = Vectors.Norm(row);
            if (norm < 0.5) return false;
            TensorPrimitives.Divide(row, norm, row);
        }
        return true;
    }
}
