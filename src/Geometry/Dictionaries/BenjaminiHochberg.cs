using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>
/// False-discovery rates of Benjamini and Hochberg, in logarithms, for many tries of which only the smallest p-values are known.
/// </summary>
/// <remarks>q_(i) = min over j ≥ i of p_(j)·tries/j. Source: Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.</remarks>
internal static class BenjaminiHochberg
{
    /// <summary>ln q of each ln p. Every try that is not listed must have a larger p than all that are.</summary>
    /// <param name="logP">ln p, in any order.</param>
    /// <param name="logTries">ln of the number of all tries, which is at least the length of the list.</param>
    internal static double[] LogQ(ReadOnlySpan<double> logP, double logTries)
    {
        double[] sorted = logP.ToArray(),
            logQ = new double[logP.Length];
        int[] order = [.. Enumerable.Range(0, logP.Length)];
        Array.Sort(sorted, order);
        double least = 0;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            least = Math.Min(least, sorted[i] + logTries - Elementary.Log(i + 1));
            logQ[order[i]] = least;
        }
        return logQ;
    }
}
