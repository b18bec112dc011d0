namespace Geometry.Dictionaries;

/// <summary>
/// The strong pairs of directions: those whose cosine is at least a cutoff in absolute value. Planes are found through them.
/// </summary>
/// <remarks>
/// <para>
/// Let j lie within ε of the plane of S, |S| = k. Then some s ∈ S has (x_s·x_j)² ≥ λ_min(G_S)·(1−ε²)/k (see
/// <see cref="Grassmannian.Planes.StrongPairs"/>), so every plane of well-spread features contains strong pairs. The wanted cutoff is that
/// bound. Where a dictionary has more such pairs than fit in the memory allowed, the cutoff is raised; <see cref="Cutoff"/> is the one
/// used.
/// </para>
/// <para>
/// Memory layout: compressed sparse rows, with each pair in both orders, 8 bytes each. Cosines are in single precision and serve as a
/// filter; the results for a plane are computed again in double precision.
/// </para>
/// <para>Complexity: n²m/2 multiply-adds in tiles (<see cref="CosineRows"/>), memory of the pairs kept.</para>
/// </remarks>
internal sealed class NeighbourGraph
{
    private const int Bins = 1024,
        SampledRows = 384;

    private readonly long[] _starts;
    private readonly int[] _partners;
    private readonly float[] _cosines;

    private NeighbourGraph(float cutoff, long[] starts, int[] partners, float[] cosines) =>
        (Cutoff, _starts, _partners, _cosines) = (cutoff, starts, partners, cosines);

    /// <summary>The smallest |cosine| of a pair.</summary>
    internal float Cutoff { get; }

    /// <summary>Number of pairs.</summary>
    internal long Pairs => _partners.LongLength / 2;

    /// <summary>The neighbours of a direction, ascending.</summary>
    internal ReadOnlySpan<int> Of(int i) => _partners.AsSpan((int)_starts[i], (int)(_starts[i + 1] - _starts[i]));

    /// <summary>Their cosines with it.</summary>
    internal ReadOnlySpan<float> Cosines(int i) => _cosines.AsSpan((int)_starts[i], (int)(_starts[i + 1] - _starts[i]));

    /// <summary>The cosine of a pair; 0 where it is below the cutoff.</summary>
    internal float Cosine(int i, int j)
    {
        int at = Of(i).BinarySearch(j);
        return at < 0 ? 0 : Cosines(i)[at];
    }

    /// <summary>Computes the Gram matrix in tiles, and keeps its strong pairs.</summary>
    /// <param name="rows">The packed directions.</param>
    /// <param name="wanted">The wanted cutoff, in (0, 1).</param>
    /// <param name="mostNeighbours">Largest average number of neighbours of a direction, ≥ 1; the cutoff is raised where there are
    /// more.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    /// <param name="progress">Receives the share that is done, in [0, 1].</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static NeighbourGraph Build(
        CosineRows rows,
        double wanted,
        double mostNeighbours,
        int threads,
        Action<double>? progress,
        CancellationToken cancellation
    )
    {
        UnitDirections directions = rows.Directions;
        int n = directions.Count,
            m = directions.Dim;
        float cutoff = (float)Math.Max(wanted, CutoffFor(rows, mostNeighbours, threads, cancellation));
        long done = 0,
            all = (long)n * n / 2;
        List<Pair>[] found = rows.Run<List<Pair>>(
            directions.Memory,
            n,
            threads,
            static () => [],
            (first, panel, tile, pairs) =>
            {
                for (int at = 0; at < tile.Length; at++)
                {
                    if (!(Math.Abs(tile[at]) >= cutoff))
                        continue;
                    int i = first + (at / CosineTile.Columns),
                        j = (panel * CosineTile.Columns) + (at % CosineTile.Columns);
                    if (j > i && j < n)
                        pairs.Add(new Pair(i, j, tile[at]));
                }
                if (panel == CosineTile.Panels(n) - 1)
                    progress?.Invoke((double)Interlocked.Add(ref done, CosineTile.Rows * (long)(n - first)) / all);
            },
            static start => start / CosineTile.Columns,
            cancellation
        );
        return FromPairs(n, cutoff, found);
    }

    /// <summary>The graph of the chosen directions, numbered as in the list.</summary>
    internal NeighbourGraph Subset(ReadOnlySpan<int> chosen)
    {
        int[] place = new int[_starts.Length - 1];
        Array.Fill(place, -1);
        for (int i = 0; i < chosen.Length; i++)
            place[chosen[i]] = i;
        var pairs = new List<Pair>();
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<int> partners = Of(chosen[i]);
            ReadOnlySpan<float> cosines = Cosines(chosen[i]);
            for (int a = 0; a < partners.Length; a++)
            {
                if (place[partners[a]] > i)
                    pairs.Add(new Pair(i, place[partners[a]], cosines[a]));
            }
        }
        return FromPairs(chosen.Length, Cutoff, [pairs]);
    }

    private readonly record struct Pair(int I, int J, float Cosine);

    private static NeighbourGraph FromPairs(int n, float cutoff, List<Pair>[] found)
    {
        long[] starts = new long[n + 1];
        foreach (List<Pair> pairs in found)
        {
            foreach (Pair pair in pairs)
            {
                starts[pair.I + 1]++;
                starts[pair.J + 1]++;
            }
        }
        for (int i = 0; i < n; i++)
            starts[i + 1] += starts[i];
        int[] partners = new int[starts[n]];
        float[] cosines = new float[starts[n]];
        long[] next = starts.AsSpan(0, n).ToArray();
        void Put(int i, int j, float cosine) => (partners[next[i]], cosines[next[i]++]) = (j, cosine);
        foreach (List<Pair> pairs in found)
        {
            foreach (Pair pair in pairs)
            {
                Put(pair.I, pair.J, pair.Cosine);
                Put(pair.J, pair.I, pair.Cosine);
            }
        }
        for (int i = 0; i < n; i++)
        {
            (int start, int count) = ((int)starts[i], (int)(starts[i + 1] - starts[i]));
            Array.Sort(partners, cosines, start, count);
        }
        return new NeighbourGraph(cutoff, starts, partners, cosines);
    }

    /// <summary>
    /// The smallest cutoff, as a multiple of 1/<see cref="Bins"/>, with which the average number of neighbours, over evenly spaced
    /// directions, is within the limit.
    /// </summary>
    private static double CutoffFor(CosineRows rows, double mostNeighbours, int threads, CancellationToken cancellation)
    {
        UnitDirections directions = rows.Directions;
        int n = directions.Count,
            m = directions.Dim,
            sampled = Math.Min(n, SampledRows);
        if (n <= mostNeighbours)
            return 0;
        float[] sample = new float[sampled * m];
        for (int i = 0; i < sampled; i++)
            directions[(int)((long)i * n / sampled)].CopyTo(sample.AsSpan(i * m));
        long[][] counts = rows.Run(
            sample,
            sampled,
            threads,
            static () => new long[Bins + 1],
            (first, panel, tile, histogram) =>
            {
                int valid = Math.Min(CosineTile.Rows, sampled - first) * CosineTile.Columns;
                for (int at = 0; at < valid; at++)
                    histogram[Math.Min(Bins, (int)(Math.Abs(tile[at]) * Bins))]++;
            },
            null,
            cancellation
        );
        // Each sampled direction counts itself once.
        long room = (long)(mostNeighbours * sampled) + sampled,
            above = 0;
        for (int bin = Bins; bin > 0; bin--)
        {
            foreach (long[] histogram in counts)
                above += histogram[bin];
            if (above > room)
                return (bin + 1.0) / Bins;
        }
        return 0;
    }
}
