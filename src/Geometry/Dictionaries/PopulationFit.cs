using Geometry.Clustering;
using Geometry.LinearAlgebra;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>Finds the populations of a dictionary: a mixture of normal distributions in leading coordinates.</summary>
/// <remarks>
/// <para>
/// Expectation–maximisation (Dempster, Laird and Rubin 1977) on every other direction, with one population at first. Each further
/// population starts either as the directions nearest to a hub, by |cosine|, or as one side of the largest population, which is a cone that
/// shares its covariance. The hubs are directions whose cosines with all others have the largest kurtosis (which is 3 for one population
/// with any covariance), and some evenly spaced ones. The start with the largest likelihood on the other half of the directions is kept
/// where it clearly improves that likelihood, and where the population is larger than the features of a plane could be.
/// </para>
/// <para>
/// Deterministic: sums are taken over fixed pieces in fixed order. Complexity: N·d² per round and population, for N ≤
/// <see cref="MostDirections"/> evenly spaced directions.
/// </para>
/// </remarks>
internal sealed class PopulationFit
{
    /// <summary>Largest numbers of directions to which the populations are fitted, and on which starts are tried.</summary>
    internal const int MostDirections = 16_384,
        MostTried = 4096;

    private const int MostPopulations = 6,
        Hubs = 256,
        KurtoticHubs = 6,
        EvenHubs = 6,
        Splits = 3,
        SplitRounds = 10;
    private const int TrialRounds = 6,
        Trials = 2,
        MostRounds = 40,
        Piece = 1024;

    /// <summary>A start takes one in this many directions.</summary>
    private const int Nearest = 32;

    /// <summary>
    /// The smallest gain by a further population in the mean log-likelihood of directions to which it was not fitted, absolute and in
    /// standard errors.
    /// </summary>
    private const double LeastGain = 0.02,
        Errors = 4;

    /// <summary>Smallest number of directions in a population.</summary>
    private const double LeastCount = 48;

    private readonly LeadingCoordinates _all,
        _fit,
        _check,
        _tried,
        _checkTried;
    private readonly UnitDirections _directions;
    private readonly int _threads;
    private readonly CancellationToken _cancellation;

    private PopulationFit(UnitDirections directions, LeadingCoordinates all, int threads, CancellationToken cancellation) =>
        (_directions, _all, _fit, _check, _tried, _checkTried, _threads, _cancellation) = (
            directions,
            all,
            all.Every(2, 0),
            all.Every(2, 1),
            all.Every(2, 0).Thinned(MostTried),
            all.Every(2, 1).Thinned(MostTried),
            threads,
            cancellation
        );

    /// <summary>The populations, the largest first.</summary>
    internal static LeadingGaussian[] Of(
        UnitDirections directions,
        LeadingCoordinates coordinates,
        int threads,
        CancellationToken cancellation
    ) => new PopulationFit(directions, coordinates, threads, cancellation).Run();

    private LeadingGaussian[] Run()
    {
        double[] ones = new double[_fit.Count];
        Array.Fill(ones, 1);
        LeadingGaussian[] found = Estimated(_fit, ones, [0]);
        // Cosines of hubs with the directions on which starts are tried.
        int hubs = Math.Min(Hubs, _tried.Count);
        float[][] cosines = new float[hubs][];
        Workers.For(hubs, 4, _threads, static () => 0, (h, _) => cosines[h] = Cosines(LeadingCoordinates.Place(h, hubs, _tried.Count)));
        while (found.Length < MostPopulations)
        {
            _cancellation.ThrowIfCancellationRequested();
            LeadingGaussian[]? better = null;
            foreach (LeadingGaussian[] start in Starts(found, cosines).Take(Trials))
            {
                LeadingGaussian[] trial = Rounds(_fit, start, MostRounds);
                if (trial.Min(p => p.Share) * _directions.Count < LeastCount || !Foretells(trial, found))
                    continue;
                better = trial;
                break;
            }
            if (better is null)
                break;
            found = better;
        }
        if (found.Length == 1)
            return Estimated(_all, [.. ones, .. ones.Take(_all.Count - _fit.Count)], [0]);
        return [.. Rounds(_all, found, MostRounds).OrderByDescending(p => p.Share)];
    }

    /// <summary>
    /// Whether the populations give a clearly larger likelihood than others to the directions to which neither was fitted.
    /// </summary>
    private bool Foretells(LeadingGaussian[] populations, LeadingGaussian[] others)
    {
        double[] better = Likelihoods(_check, populations),
            worse = Likelihoods(_check, others);
        double sum = 0,
            squares = 0,
            n = _check.Count;
        for (int i = 0; i < n; i++)
        {
            double gain = better[i] - worse[i];
            (sum, squares) = (sum + gain, squares + (gain * gain));
        }
        double mean = sum / n,
            error = Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean)) / n);
        return mean > Math.Max(LeastGain, Errors * error);
    }

    /// <summary>
    /// The populations with one more, by falling likelihood of the directions to which they were not fitted; starts that do not raise it
    /// are left out.
    /// </summary>
    private IEnumerable<LeadingGaussian[]> Starts(LeadingGaussian[] found, float[][] cosines)
    {
        int n = _tried.Count,
            hubs = cosines.Length;
        LeadingGaussian largest = found.MaxBy(p => p.Share)!;
        double[] weights = Weights(_tried, found, out _);
        int place = Array.IndexOf(found, largest);
        int[] inLargest = [.. Enumerable.Range(0, n).Where(i => weights[(i * found.Length) + place] >= 0.5)];
        int[] kurtotic =
        [
            .. Enumerable
                .Range(0, hubs)
                .Where(h => weights[(LeadingCoordinates.Place(h, hubs, n) * found.Length) + place] >= 0.5)
                .OrderByDescending(h => Kurtosis(cosines[h]))
                .Take(KurtoticHubs),
        ];
        int[] even = [.. Enumerable.Range(0, EvenHubs).Select(h => LeadingCoordinates.Place(h, EvenHubs, hubs))];
        var sets = new List<(int[] Members, bool IsCone)>();
        foreach (int hub in kurtotic.Concat(even).Distinct())
        {
            float[] cosine = [.. cosines[hub].Select(c => -Math.Abs(c))];
            int[] order = [.. Enumerable.Range(0, n)];
            Array.Sort(cosine, order);
            sets.Add((order[..Math.Clamp(n / Nearest, Math.Min(n, 32), n)], false));
        }
        foreach (int hub in even.Take(Splits))
            sets.Add((Cone(inLargest, LeadingCoordinates.Place(hub, hubs, n)), true));
        var starts = new List<(double Likelihood, LeadingGaussian[] Populations)>();
        double now = Likelihoods(_checkTried, found).Sum();
        foreach ((int[] members, bool isCone) in sets)
        {
            _cancellation.ThrowIfCancellationRequested();
            // The members of the new population are taken out of the others.
            int count = found.Length + 1;
            double[] split = new double[n * count];
            for (int i = 0; i < n; i++)
                weights.AsSpan(i * found.Length, found.Length).CopyTo(split.AsSpan(i * count));
            foreach (int i in members)
            {
                split.AsSpan(i * count, count).Clear();
                split[(i * count) + found.Length] = 1;
            }
            int family = isCone ? largest.Family : found.Max(p => p.Family) + 1;
            LeadingGaussian[] populations = Rounds(_tried, Estimated(_tried, split, [.. found.Select(p => p.Family), family]), TrialRounds);
            double reached = Likelihoods(_checkTried, populations).Sum();
            if (reached > now)
                starts.Add((reached, populations));
        }
        return starts.OrderByDescending(s => s.Likelihood).Select(s => s.Populations);
    }

    /// <summary>
    /// The directions on a hub's side: nearer to the mean of that side than to the mean of the other, by two spherical means (Dhillon and
    /// Modha 2001, doi:10.1023/A:1007612920971).
    /// </summary>
    private int[] Cone(int[] among, int hub)
    {
        int d = _tried.Dim;
        double[] between = Unscaled(hub),
            along = new double[_tried.Count];
        for (int round = 0; ; round++)
        {
            foreach (int i in among)
                along[i] = Vectors.Dot(Unscaled(i), between);
            double cut = round == 0 ? among.Select(i => along[i]).Order().ElementAtOrDefault(among.Length / 2) : 0;
            int[] members = [.. among.Where(i => along[i] > cut)];
            if (round == SplitRounds)
                return members;
            double[] one = new double[d],
                other = new double[d];
            foreach (int i in among)
                Vectors.Axpy(1, Unscaled(i), along[i] > cut ? one : other);
            Vectors.Scale(1 / Math.Max(Vectors.Norm(one), 1e-12), one);
            Vectors.Axpy(-1 / Math.Max(Vectors.Norm(other), 1e-12), other, one);
            between = one;
        }
    }

    /// <summary>The leading coordinates of a direction in units of its length.</summary>
    private double[] Unscaled(int i)
    {
        double[] x = _tried[i].ToArray();
        for (int a = 0; a < x.Length; a++)
            x[a] *= _tried.Scales[a];
        return x;
    }

    /// <summary>Runs rounds of the algorithm until the likelihood hardly grows.</summary>
    private LeadingGaussian[] Rounds(LeadingCoordinates data, LeadingGaussian[] populations, int most)
    {
        double before = double.NegativeInfinity;
        for (int round = 0; round < most; round++)
        {
            _cancellation.ThrowIfCancellationRequested();
            double[] weights = Weights(data, populations, out double likelihood);
            if (likelihood - before < 1e-4 * data.Count)
                break;
            before = likelihood;
            populations = Estimated(data, weights, [.. populations.Select(p => p.Family)]);
        }
        return populations;
    }

    /// <summary>The probability that each direction belongs to each population, and the log-likelihood of all directions.</summary>
    private double[] Weights(LeadingCoordinates data, LeadingGaussian[] populations, out double likelihood)
    {
        int count = populations.Length;
        double[] weights = new double[data.Count * count],
            logs = new double[data.Count];
        Workers.For(
            data.Count,
            128,
            _threads,
            () => new double[data.Dim],
            (i, work) => logs[i] = Chances(populations, data[i], data.Rests[i], weights.AsSpan(i * count, count), work)
        );
        likelihood = 0;
        foreach (double log in logs)
            likelihood += log;
        return weights;
    }

    /// <summary>The log-likelihood of each direction.</summary>
    private double[] Likelihoods(LeadingCoordinates data, LeadingGaussian[] populations)
    {
        double[] logs = new double[data.Count];
        Workers.For(
            data.Count,
            128,
            _threads,
            () => new double[data.Dim + populations.Length],
            (i, work) => logs[i] = Chances(populations, data[i], data.Rests[i], work.AsSpan(data.Dim), work.AsSpan(0, data.Dim))
        );
        return logs;
    }

    /// <summary>Writes the probability that a direction belongs to each population, and returns its log-likelihood.</summary>
    internal static double Chances(
        LeadingGaussian[] populations,
        ReadOnlySpan<double> y,
        double rest,
        Span<double> chances,
        Span<double> work
    )
    {
        double most = double.NegativeInfinity,
            sum = 0;
        for (int p = 0; p < chances.Length; p++)
            most = Math.Max(most, chances[p] = populations[p].LogDensity(y, rest, work));
        for (int p = 0; p < chances.Length; p++)
            sum += chances[p] = Elementary.Exp(chances[p] - most);
        for (int p = 0; p < chances.Length; p++)
            chances[p] /= sum;
        return most + Elementary.Log(sum);
    }

    /// <summary>The populations estimated from directions with these weights.</summary>
    private LeadingGaussian[] Estimated(LeadingCoordinates data, double[] weights, int[] families)
    {
        int count = families.Length,
            size = LeadingGaussian.SumsOf(data.Dim),
            pieces = (data.Count + Piece - 1) / Piece;
        double[][] sums = new double[pieces][];
        Workers.For(
            pieces,
            1,
            _threads,
            static () => 0,
            (piece, _) =>
            {
                double[] own = sums[piece] = new double[count * size];
                for (int i = piece * Piece; i < Math.Min(data.Count, (piece + 1) * Piece); i++)
                {
                    for (int p = 0; p < count; p++)
                    {
                        double weight = weights[(i * count) + p];
                        if (weight > 1e-6)
                            LeadingGaussian.Add(data[i], data.Rests[i], weight, own.AsSpan(p * size, size));
                    }
                }
            }
        );
        for (int piece = 1; piece < pieces; piece++)
            Vectors.Axpy(1, sums[piece], sums[0]);
        return LeadingGaussian.From(sums[0], families, data.Dim, data.Freedom, data.Count);
    }

    private float[] Cosines(int hub)
    {
        float[] cosines = new float[_tried.Count];
        for (int i = 0; i < cosines.Length; i++)
            cosines[i] = Dot(_directions[Original(hub)], _directions[Original(i)]);
        return cosines;
    }

    /// <summary>A dot product in double precision and fixed order, because its digits decide which hubs are tried.</summary>
    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Span<double> sums = stackalloc double[4];
        for (int d = 0; d < x.Length; d++)
            sums[d & 3] += (double)x[d] * y[d];
        return (float)(sums[0] + sums[1] + sums[2] + sums[3]);
    }

    private int Original(int tried) =>
        LeadingCoordinates.Place(2 * LeadingCoordinates.Place(tried, _tried.Count, _fit.Count), _all.Count, _directions.Count);

    private static double Kurtosis(float[] cosines)
    {
        double squares = 0,
            fourths = 0;
        foreach (float cosine in cosines)
        {
            double square = (double)cosine * cosine;
            // The hub itself and its near-copies are left out.
            if (square > 0.9)
                continue;
            squares += square;
            fourths += square * square;
        }
        return squares > 0 ? cosines.Length * fourths / (squares * squares) : 0;
    }
}
