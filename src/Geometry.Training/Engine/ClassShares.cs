using Geometry.Training.Data;

namespace Geometry.Training.Engine;

/// <summary>How often each class of a head occurs.</summary>
public static class ClassShares
{
    /// <summary>P(class) of a sample, exactly: the number of active features is a sum over independent features and groups.</summary>
    /// <param name="head">The head; it reads features that the data has.</param>
    /// <param name="data">The law, of features that are active independently but for groups.</param>
    /// <returns>One number a class, 1 in all. O(features²).</returns>
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
            // A group counts as a whole, or is one member: a counted one as often as there are such.
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
