using Geometry.Clustering;
using Geometry.Shapes;
using MathNet.Numerics.RootFinding;

namespace Geometry.Theory;

/// <summary>A density at which one shape overtakes another.</summary>
/// <param name="Density">p.</param>
/// <param name="Above">The shape with the largest gain just above that density.</param>
/// <param name="Below">The shape with the largest gain just below that density.</param>
public sealed record GainCrossing(double Density, Shape Above, Shape Below);

/// <summary>The gains of shapes at several densities (<see cref="ShapeGain"/>).</summary>
/// <param name="Gains">One row per density with one gain per shape, in the order given.</param>
/// <param name="Crossings">The densities, falling, at which the best shape changes between neighbouring densities.</param>
public sealed record GainTable(IReadOnlyList<IReadOnlyList<ShapeGain>> Gains, IReadOnlyList<GainCrossing> Crossings)
{
    private const double Accuracy = 1e-5;

    /// <summary>Computes the table.</summary>
    /// <param name="shapes">The shapes, at least one.</param>
    /// <param name="densities">Densities in (0, 1], at least one.</param>
    /// <param name="threads">Number of threads, ≥ 1.</param>
    /// <param name="progress">Called from any thread after each gain.</param>
    /// <param name="cancellation">Stops between gains.</param>
    public static GainTable Of(
        IReadOnlyList<Shape> shapes,
        IReadOnlyList<double> densities,
        int threads,
        Action? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(densities);
        var gains = new ShapeGain[densities.Count][];
        for (int i = 0; i < gains.Length; i++)
            gains[i] = new ShapeGain[shapes.Count];
        Workers.For(
            densities.Count * shapes.Count,
            1,
            threads,
            static () => 0,
            (at, _) =>
            {
                if (cancellation.IsCancellationRequested)
                    return;
                (int row, int column) = Math.DivRem(at, shapes.Count);
                gains[row][column] = ShapeGain.Of(shapes[column], densities[row]);
                progress?.Invoke();
            }
        );
        cancellation.ThrowIfCancellationRequested();
        ShapeGain[] best = [.. gains.Select(Best).OrderByDescending(g => g.Density)];
        var crossings = new List<GainCrossing>();
        for (int i = 1; i < best.Length; i++)
        {
            if (best[i].Shape == best[i - 1].Shape)
                continue;
            (Shape above, Shape below) = (best[i - 1].Shape, best[i].Shape);
            double Difference(double p) => ShapeGain.Of(above, p).Gain - ShapeGain.Of(below, p).Gain;
            crossings.Add(new GainCrossing(Brent.FindRoot(Difference, best[i].Density, best[i - 1].Density, Accuracy), above, below));
        }
        return new GainTable(gains, crossings);
    }

    /// <summary>The largest gain of a row; of equal ones the first.</summary>
    public static ShapeGain Best(IReadOnlyList<ShapeGain> row) =>
        row.MaxBy(g => g.Gain) ?? throw new ArgumentException("expected at least one gain", nameof(row));
}
