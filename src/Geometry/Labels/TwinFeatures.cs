using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>
/// Twins: features that are so close that they share one direction whatever the noise. The contest runs on the directions, so that what two
/// twins agree on does not count twice.
/// </summary>
/// <remarks>
/// Without this, a simplex whose every vertex is held by three features would pass for a smaller simplex and a single direction, because
/// the constraints of a summand count columns while its shape counts directions. O(n²), and O(n²r) where some pair is that close.
/// </remarks>
internal sealed class TwinFeatures
{
    private readonly LearnedColumns _columns,
        _directions;
    private readonly int[] _directionOf;
    private readonly DecisionConstants _constants;

    private TwinFeatures(LearnedColumns columns, LearnedColumns directions, int[] directionOf, DecisionConstants constants) =>
        (_columns, _directions, _directionOf, _constants) = (columns, directions, directionOf, constants);

    /// <summary>The twins among the columns; null where there are none.</summary>
    public static TwinFeatures? Of(LearnedColumns columns, DecisionConstants constants)
    {
        double link = constants.TwinShare * constants.NoiseFloor;
        if (!AnyCloser(columns, Elementary.Cos(link)))
            return null;
        int n = columns.Count,
            r = columns.Hidden;
        int[] directionOf = new int[n];
        int count = SharedDirections.Bundle(columns.Unit, r, link, directionOf);
        if (count == n)
            return null;
        double[] means = new double[count * r];
        SharedDirections.Means(columns.Unit, r, directionOf, means);
        int[] first = [.. Enumerable.Range(0, count).Select(d => Array.IndexOf(directionOf, d))];
        return new TwinFeatures(columns, columns.Select(first, means), directionOf, constants);
    }

    /// <summary>Finds the partition of the directions, and gives each block all features of its directions.</summary>
    public (Partition Partition, RouteAgreement Agreement, string DecidedBy) Decide(
        Func<LearnedColumns, (Partition Partition, RouteAgreement Agreement, string DecidedBy)> decide
    )
    {
        (Partition partition, RouteAgreement agreement, string decidedBy) = decide(_directions);
        Block[] blocks = Array.ConvertAll(partition.Blocks, WithTwins);
        return (
            new Partition(blocks, new PartitionScore(_columns.Hidden, _constants).Terms(blocks), partition.Evidence),
            agreement,
            decidedBy
        );
    }

    private Block WithTwins(Block block)
    {
        int[] features = [.. Enumerable.Range(0, _columns.Count).Where(f => Array.BinarySearch(block.Features, _directionOf[f]) >= 0)];
        return block with { Features = features, Axes = PrincipalAxes.Of(_columns.Unit, _columns.Hidden, features), Node = -1 };
    }

    private static bool AnyCloser(LearnedColumns columns, double cosine)
    {
        for (int i = 1; i < columns.Count; i++)
        {
            foreach (double c in columns.Gram.AsSpan(i * columns.Count, i))
            {
                if (c > cosine)
                    return true;
            }
        }
        return false;
    }
}
