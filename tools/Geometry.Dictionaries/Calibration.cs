using Geometry.Configurations;
using Geometry.Dictionaries;
using Geometry.LinearAlgebra;

namespace Geometry.Planted;

/// <summary>How often chance gives a p-value as small as that, in dictionaries without planes: a Markdown table down to 1e-10.</summary>
/// <remarks>
/// <para>One try is a random k-subset of a null dictionary. The share of tries with p ≤ t is estimated by importance sampling: some
/// directions are drawn
/// leaned towards the subset's plane, by several strengths, and a try counts with its likelihood under chance over that under this
/// mixture, all n
/// directions taken into account (deterministic mixture: Owen and Zhou 2000, doi:10.1080/01621459.2000.10473909). Errors are those
/// between dictionaries.</para>
/// <para>The p-values are those of the search: the same code, with second moment and length of the tail estimated from the
/// dictionary.</para>
/// </remarks>
internal sealed class Calibration(NullDictionary chance, int n, int dim, int k, int tries)
{
    /// <summary>Members that a try has beside the subset: the nearest directions.</summary>
    private const int Extras = 3;

    private static readonly double[] s_levels = [1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11];

    /// <summary>The levels of p in the table.</summary>
    public static readonly double[] Thresholds = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];

    /// <summary>The share of tries with p ≤ each threshold in one dictionary, over the threshold.</summary>
    public double[] Replica(int seed)
    {
        var random = new Random(seed);
        double[] columns = chance.Draw(random, n, dim);
        var drawn = new List<(int[] Subset, double[] Basis, int[] Replaced, double Weight, int First)>();
        var appended = new List<double[]>();
        for (int t = 0; t < tries; t++)
            drawn.Add(Try(random, columns, appended));
        double[] all = [.. columns, .. appended.SelectMany(x => x)];
        var directions = UnitDirections.Of(new FeatureConfiguration(dim, all.Length / dim, all));
        int[] own = [.. Enumerable.Range(0, n)];
        SecondMoment moment = SecondMoment.Of(directions.Subset(own), 1, CancellationToken.None);
        var graph = NeighbourGraph.Build(new CosineRows(directions), PlaneEvidence.NearCosine, 1e9, 1, null, CancellationToken.None);
        Populations chances = Populations.Of(directions.Subset(own), moment, 1, CancellationToken.None);
        var evidence = new PlaneEvidence(directions, graph, chances, n);
        double[] shares = new double[Thresholds.Length];
        var planes = new FittedPlane[tries];
        float[][] nearestOthers = new float[tries][];
        for (int t = 0; t < tries; t++)
        {
            (int[] subset, double[] basis, int[] replaced, _, int first) = drawn[t];
            int[] changed = [.. Enumerable.Range(first, replaced.Length).Select(i => n + i)];
            (double Share, int Index)[] nearest =
            [
                .. own.Where(i => !subset.Contains(i) && !replaced.Contains(i))
                    .Concat(changed)
                    .Select(i => (Share(all.AsSpan(i * dim, dim), basis), i))
                    .OrderByDescending(x => x.Item1)
                    .Take(Extras + PlaneTail.Rank),
            ];
            int[] members = [.. subset, .. nearest.Take(Extras).Select(x => x.Index)];
            planes[t] = new FittedPlane(k, members, basis, new double[members.Length]);
            nearestOthers[t] = [.. nearest.Skip(Extras).Select(x => (float)x.Share)];
        }
        PlaneTail[] tails = PlaneTail.Of(chances, n, planes, nearestOthers, 1);
        for (int t = 0; t < tries; t++)
        {
            double logP = evidence.LogPOfTry(planes[t], tails[t]);
            for (int at = 0; at < Thresholds.Length; at++)
            {
                if (logP <= Math.Log(Thresholds[at]))
                    shares[at] += drawn[t].Weight / Thresholds[at] / tries;
            }
        }
        return shares;
    }

    /// <summary>Draws a try: its subset, what takes whose place, and its weight.</summary>
    private (int[] Subset, double[] Basis, int[] Replaced, double Weight, int First) Try(
        Random random,
        double[] columns,
        List<double[]> appended
    )
    {
        int[] subset = new int[k];
        for (int a = 0; a < k; a++)
        {
            do subset[a] = random.Next(n);
            while (subset.AsSpan(0, a).Contains(subset[a]));
        }
        double[] basis = Basis(columns, subset);
        ProjectedNormal[] populations = chance.Populations;
        var parts = new List<(int Population, ProjectedNormal.Leaning Leaning, int Count)>();
        for (int p = 0; p < populations.Length; p++)
        {
            foreach (double level in s_levels)
            {
                for (int r = 1; r <= Extras; r++)
                {
                    // r directions near enough for (n·u)^r/r! to be the level, u the probability of one.
                    double u = Math.Pow(level * Factorial(r), 1.0 / r) / n,
                        beta = 1 - Math.Pow(u, 2 / (populations[p].EffectiveDimension - k));
                    if (populations[p].Lean(basis, k, beta) is { } leaning)
                        parts.Add((p, leaning, r));
                }
            }
        }
        // Part 0 is chance itself.
        int chosen = random.Next(parts.Count + 1),
            first = appended.Count;
        int[] replaced = [];
        if (chosen > 0)
        {
            (_, ProjectedNormal.Leaning leaning, int count) = parts[chosen - 1];
            replaced = new int[count];
            for (int r = 0; r < count; r++)
            {
                do replaced[r] = random.Next(n);
                while (subset.Contains(replaced[r]) || replaced.AsSpan(0, r).Contains(replaced[r]));
                double[] x = new double[dim];
                leaning.Draw(random, x);
                appended.Add(x);
            }
        }
        return (subset, basis, replaced, Weight(columns, subset, basis, replaced, appended, first, parts), first);
    }

    /// <summary>The likelihood of the directions under chance over that under the mixture of parts.</summary>
    private double Weight(
        double[] columns,
        int[] subset,
        double[] basis,
        int[] replaced,
        List<double[]> appended,
        int first,
        List<(int Population, ProjectedNormal.Leaning Leaning, int Count)> parts
    )
    {
        double[] sums = new double[parts.Count],
            squares = new double[parts.Count],
            cubes = new double[parts.Count];
        for (int i = 0; i < n; i++)
        {
            if (subset.Contains(i))
                continue;
            int place = Array.IndexOf(replaced, i);
            ReadOnlySpan<double> x = place < 0 ? columns.AsSpan(i * dim, dim) : appended[first + place];
            double[] shares = chance.LogShares(x);
            double share = Share(x, basis);
            for (int part = 0; part < parts.Count; part++)
            {
                double ratio = Math.Exp(shares[parts[part].Population] + parts[part].Leaning.LogWeight(x, share));
                sums[part] += ratio;
                squares[part] += ratio * ratio;
                cubes[part] += ratio * ratio * ratio;
            }
        }
        double mixture = 1,
            free = n - k;
        for (int part = 0; part < parts.Count; part++)
        {
            // The mean over all sets of r directions of the product of their ratios, by Newton's identities.
            (double e1, double p2, double p3) = (sums[part], squares[part], cubes[part]);
            mixture += parts[part].Count switch
            {
                1 => e1 / free,
                2 => ((e1 * e1) - p2) / (free * (free - 1)),
                _ => Math.Max(0, (e1 * e1 * e1) - (3 * e1 * p2) + (2 * p3)) / (free * (free - 1) * (free - 2)),
            };
        }
        return (parts.Count + 1) / mixture;
    }

    private static double Factorial(int r) => r < 2 ? 1 : r * Factorial(r - 1);

    private double Share(ReadOnlySpan<double> x, double[] basis)
    {
        double sum = 0;
        for (int a = 0; a < k; a++)
        {
            double along = Vectors.Dot(x, basis.AsSpan(a * dim, dim));
            sum += along * along;
        }
        return sum / Vectors.Dot(x, x);
    }

    private double[] Basis(double[] columns, int[] subset)
    {
        double[] basis = new double[k * dim];
        for (int a = 0; a < k; a++)
        {
            Span<double> axis = basis.AsSpan(a * dim, dim);
            columns.AsSpan(subset[a] * dim, dim).CopyTo(axis);
            for (int b = 0; b < a; b++)
                Vectors.Axpy(-Vectors.Dot(axis, basis.AsSpan(b * dim, dim)), basis.AsSpan(b * dim, dim), axis);
            Vectors.Scale(1 / Vectors.Norm(axis), axis);
        }
        return basis;
    }
}
