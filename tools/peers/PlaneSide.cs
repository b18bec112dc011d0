using System.Numerics.Tensors;
using Geometry.Grassmannian;
using Geometry.Grassmannian.Planes;

namespace Geometry.Peers;

/// <summary>DBSCAN of the planes through all k-subsets, by this library: Gram matrix and clustering are timed.</summary>
internal static class PlaneSide
{
    internal static (Stopwatches Times, PlaneClustering Planes) Run(
        double[] x,
        int m,
        int n,
        int k,
        double epsilon,
        int minPoints,
        double least,
        int threads,
        double seconds
    )
    {
        PlaneClustering? planes = null;
        Stopwatches times = Stopwatches.Of(
            () => planes = PlaneDbscan.Cluster(x, Gram(x, m, n), m, n, k, epsilon, minPoints, least, threads),
            seconds
        );
        return (times, planes!);
    }

    /// <summary>
    /// The cluster of every k-subset in lexicographic order, −1 for noise and for subsets that say nothing about a plane.
    /// </summary>
    internal static int[] Labels(PlaneClustering planes, int n)
    {
        int k = planes.K;
        int[] labels = new int[KSubsets.Binomial(n, k)],
            subset = new int[k];
        Array.Fill(labels, -1);
        for (int i = 0; i < planes.Labels.Length; i++)
        {
            for (int j = 0; j < k; j++)
                subset[j] = planes.Subsets[(i * k) + j];
            labels[KSubsets.Rank(subset, n)] = planes.Labels[i];
        }
        return labels;
    }

    private static double[] Gram(double[] x, int m, int n)
    {
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                gram[(i * n) + j] = gram[(j * n) + i] = TensorPrimitives.Dot<double>(x.AsSpan(i * m, m), x.AsSpan(j * m, m));
        }
        return gram;
    }
}
