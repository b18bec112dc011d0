namespace Geometry.Tests.Clustering;

/// <summary>DBSCAN by its definition: every pair is compared, and clusters grow one after another. Slow and plain.</summary>
internal static class DbscanDefinition
{
    public static (int[] Labels, bool[] Core) Cluster(double[] points, int n, int dim, double epsilon, int minPoints) =>
        Cluster(n, minPoints, (i, j) =>
        {
            double sum = 0;
            for (int d = 0; d < dim; d++)
            {
                double difference = points[(i * dim) + d] - points[(j * dim) + d];
                sum += difference * difference;
            }
            return sum <= epsilon * epsilon;
        });

    public static (int[] Labels, bool[] Core) Cluster(int n, int minPoints, Func<int, int, bool> near)
    {
        int[][] neighbours = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Where(j => near(i, j)).ToArray())];
        bool[] core = [.. neighbours.Select(x => x.Length >= minPoints)];
        int[] labels = new int[n];
        Array.Fill(labels, -1);
        int clusters = 0;
        for (int i = 0; i < n; i++)
        {
            if (labels[i] >= 0 || !core[i])
                continue;
            var open = new Queue<int>([i]);
            labels[i] = clusters;
            while (open.TryDequeue(out int x))
            {
                if (!core[x])
                    continue;
                foreach (int y in neighbours[x].Where(y => labels[y] < 0))
                {
                    labels[y] = clusters;
                    open.Enqueue(y);
                }
            }
            clusters++;
        }
        return (labels, core);
    }
}
