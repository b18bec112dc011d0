using Geometry.Training.Data;

namespace Geometry.Training.Engine;

/// <summary>How often each class of a head occurs.</summary>
public static class ClassShares
{
    /// <summary>P(class) of a sample, exactly: the number of active features is a sum over independent features and groups.</summary>
    /// <param name="head">The head; its features must be in the data.</param>
    /// <param name="data">The law, whose features are independent except for groups.</param>
    /// <returns>One number per class, with sum 1. O(features²).</returns>
    public static double[] Of(ClassHead head, SparseData data)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(data);
        double[] active = [1];
        foreach (SampleUnit unit in new SampleLaw(data).Units)
        {
            int counted = unit.Features.Count(head.Features.Contains);
            if (counted == 0)
                continue;
            // A correlated group adds all its counted features or none; an anticorrelated one adds at most one feature.
            (int more, double p) =
                unit.Kind == UnitKind.Together ? (counted, unit.Probability) : (1, unit.Probability * counted / unit.Features.Length);
            double[] next = new double[active.Length + more];
            for (int k = 0; k < active.Length; k++)
            {
                next[k] += (1 - p) * active[k];
                next[k + more] += p * active[k];
            }
            active = next;
        }
        double[] shares = new double[head.Classes];
        for (int k = 0; k < active.Length; k++)
            shares[head.ClassOf(k)] += active[k];
        return shares;
    }
}
