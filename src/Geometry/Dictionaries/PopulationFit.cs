using Geometry.Clustering;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>Tells the populations of a dictionary apart: a mixture of normal distributions in leading coordinates.</summary>
/// <remarks>
/// <para>Expectation–maximisation (Dempster, Laird and Rubin 1977), from one population on. A further one starts as the nearest directions of a hub, once by |cosine| and once by
/// cosine (a cone); hubs are those whose cosines with all others have the largest kurtosis, which one population leaves at 3 whatever its covariance, and some taken
/// evenly. The start that explains most is kept where the likelihood grows by more than the numbers of the model cost (the Bayesian information criterion,
/// Schwarz 1978, doi:10.1214/aos/1176344136) and the population is larger than any plane's features could pretend.</para>
/// <para>Deterministic: sums are taken over fixed pieces in fixed order. Complexity: N·d² a round and population for N ≤ <see cref="MostDirections"/> directions taken evenly.</para>
/// </remarks>
internal sealed class PopulationFit
{
    /// <summary>Directions that the populations are fitted to, and those that starts are tried on, at most.</summary>
    internal const int MostDirections = 16_384, MostTried = 4096;

    private const int MostPopulations = 8, Hubs = 256, KurtoticHubs = 8, EvenHubs = 8, TrialRounds = 6, Trials = 3, MostRounds = 60, Piece = 1024;

    /// <summary>Directions of the smallest population.</summary>
    private const double LeastCount = 48;

    private readonly LeadingCoordinates _all, _tried;
    private readonly UnitDirections _directions;
    private readonly int _threads;
    private readonly CancellationToken _cancellation;

    private PopulationFit(UnitDirections directions, LeadingCoordinates all, int threads, CancellationToken cancellation) =>
        (_directions, _all, _tried, _threads, _cancellation) = (directions, all, all.Thinned(MostTried), threads, cancellation);

    /// <summary>The populations, the largest first.</summary>
    internal static LeadingGaussian[] Of(UnitDirections directions, LeadingCoordinates coordinates, int threads, CancellationToken cancellation) =>
        new PopulationFit(directions, coordinates, threads, cancellation).Run();

    private LeadingGaussian[] Run()
    {
        int d = _all.Dim;
        double[] ones = new double[_all.Count];
        Array.Fill(ones, 1);
        LeadingGaussian[] found = [Estimated(_all, ones, 1)[0]];
        double likelihood = Rounds(_all, ref found, 1);
        // Cosines of hubs with the directions that starts are tried on.
        int hubs = Math.Min(Hubs, _tried.Count);
        float[][] cosines = new float[hubs][];
        Workers.For(hubs, 4, _threads, static () => 0, (h, _) => cosines[h] = Cosines(LeadingCoordinates.Place(h, hubs, _tried.Count)));
        while (found.Length < MostPopulations)
        {
            _cancellation.ThrowIfCancellationRequested();
            double cost = 0.5 * LeadingGaussian.Parameters(d) * Elementary.Log(_all.Count);
            LeadingGaussian[]? better = null;
            foreach (LeadingGaussian[] start in Starts(found, cosines).Take(Trials))
            {
                LeadingGaussian[] trial = start;
                double reached = Rounds(_all, ref trial, MostRounds);
                if (!(reached - likelihood > cost) || trial.Min(p => p.Share) * _directions.Count < LeastCount) continue;
                (better, likelihood) = (trial, reached);
                break;
            }
            if (better is null) break;
            found = better;
        }
        return [.. found.OrderByDescending(p => p.Share)];
    }

    /// <summary>The populations with one more, from the best start on.</summary>
    private IEnumerable<LeadingGaussian[]> Starts(LeadingGaussian[] found, float[][] cosines)
    {
        int n = _tried.Count, d = _tried.Dim, hubs = cosines.Length, near = Math.Clamp(n / 32, Math.Min(n, 32), n);
        LeadingGaussian largest = found.MaxBy(p => p.Share)!;
        double[] weights = Weights(_tried, found, out _);
        int place = Array.IndexOf(found, largest);
        int[] kurtotic = [.. Enumerable.Range(0, hubs).Where(h => weights[(LeadingCoordinates.Place(h, hubs, n) * found.Length) + place] >= 0.5)
            .OrderByDescending(h => Kurtosis(cosines[h])).Take(KurtoticHubs)];
        int[] chosen = [.. kurtotic.Concat(Enumerable.Range(0, EvenHubs).Select(h => LeadingCoordinates.Place(h, EvenHubs, hubs))).Distinct()];
        var starts = new (double Likelihood, LeadingGaussian[] Populations)[2 * chosen.Length];
        for (int at = 0; at < starts.Length; at++)
        {
            _cancellation.ThrowIfCancellationRequested();
            float[] cosine = [.. cosines[chosen[at / 2]].Select(c => at % 2 == 0 ? -Math.Abs(c) : -c)];
            int[] order = [.. Enumerable.Range(0, n)];
            Array.Sort(cosine, order);
            double[] sums = new double[LeadingGaussian.SumsOf(d)];
            foreach (int i in order.AsSpan(0, near)) LeadingGaussian.Add(_tried[i], _tried.Rests[i], 1, sums);
            LeadingGaussian[] populations = [.. found, new LeadingGaussian(sums, d, _tried.Freedom, n)];
            double reached = Rounds(_tried, ref populations, TrialRounds);
            starts[at] = (reached, populations);
        }
        return starts.OrderByDescending(s => s.Likelihood).Select(s => s.Populations);
    }

    /// <summary>Rounds of the algorithm until the likelihood, which is returned, hardly grows.</summary>
    private double Rounds(LeadingCoordinates data, ref LeadingGaussian[] populations, int most)
    {
        double before = double.NegativeInfinity;
        for (int round = 0; ; round++)
        {
            _cancellation.ThrowIfCancellationRequested();
            double[] weights = Weights(data, populations, out double likelihood);
            if (round == most || likelihood - before < 1e-5 * data.Count) return likelihood;
            before = likelihood;
            populations = Estimated(data, weights, populations.Length);
        }
    }

    /// <summary>The chance that each direction belongs to each population, and ln of the likelihood of all.</summary>
    private double[] Weights(LeadingCoordinates data, LeadingGaussian[] populations, out double likelihood)
    {
        int count = populations.Length;
        double[] weights = new double[data.Count * count], logs = new double[data.Count];
        Workers.For(data.Count, 128, _threads, () => new double[data.Dim], (i, work) =>
            logs[i] = Chances(populations, data[i], data.Rests[i], weights.AsSpan(i * count, count), work));
        likelihood = 0;
        foreach (double log in logs) likelihood += log;
        return weights;
    }

    /// <summary>The chance that a direction belongs to each population; returns ln of its likelihood.</summary>
    internal static double Chances(LeadingGaussian[] populations, ReadOnlySpan<double> y, double rest, Span<double> chances, Span<double> work)
    {
        double most = double.NegativeInfinity, sum = 0;
        for (int p = 0; p < chances.Length; p++) most = Math.Max(most, chances[p] = populations[p].LogDensity(y, rest, work));
        for (int p = 0; p < chances.Length; p++) sum += chances[p] = Elementary.Exp(chances[p] - most);
        for (int p = 0; p < chances.Length; p++) chances[p] /= sum;
        return most + Elementary.Log(sum);
    }

    /// <summary>The populations that directions with these weights make.</summary>
    private LeadingGaussian[] Estimated(LeadingCoordinates data, double[] weights, int count)
    {
        int size = LeadingGaussian.SumsOf(data.Dim), pieces = (data.Count + Piece - 1) / Piece;
        double[][] sums = new double[pieces][];
        Workers.For(pieces, 1, _threads, static () => 0, (piece, _) =>
        {
            double[] own = sums[piece] = new double[count * size];
            for (int i = piece * Piece; i < Math.Min(data.Count, (piece + 1) * Piece); i++)
            {
                for (int p = 0; p < count; p++)
                {
                    double weight = weights[(i * count) + p];
                    if (weight > 1e-6) LeadingGaussian.Add(data[i], data.Rests[i], weight, own.AsSpan(p * size, size));
                }
            }
        });
        for (int piece = 1; piece < pieces; piece++) LinearAlgebra.Vectors.Axpy(1, sums[piece], sums[0]);
        return [.. Enumerable.Range(0, count).Select(p => new LeadingGaussian(sums[0].AsSpan(p * size, size), data.Dim, data.Freedom, data.Count))];
    }

    private float[] Cosines(int hub)
    {
        float[] cosines = new float[_tried.Count];
        for (int i = 0; i < cosines.Length; i++) cosines[i] = Dot(_directions[Original(hub)], _directions[Original(i)]);
        return cosines;
    }

    /// <summary>A dot product in double precision and fixed order: its digits decide which hubs are tried.</summary>
    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Span<double> sums = stackalloc double[4];
        for (int d = 0; d < x.Length; d++) sums[d & 3] += (double)x[d] * y[d];
        return (float)(sums[0] + sums[1] + sums[2] + sums[3]);
    }

    private int Original(int tried) => LeadingCoordinates.Place(LeadingCoordinates.Place(tried, _tried.Count, _all.Count), _all.Count, _directions.Count);

    private static double Kurtosis(float[] cosines)
    {
        double squares = 0, fourths = 0;
        foreach (float cosine in cosines)
        {
            double square = (double)cosine * cosine;
            // Not the hub itself, nor its near-copies.
            if (square > 0.9) continue;
            squares += square;
            fourths += square * square;
        }
        return squares > 0 ? cosines.Length * fourths / (squares * squares) : 0;
    }
}
