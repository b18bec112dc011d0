using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using MathNet.Numerics.Distributions;

namespace Geometry.Measures.Arrangements;

/// <summary>
/// The share of inputs whose active outputs are exactly their active features: a_i·h + b_i &gt; 0 for h = W x if and only if x_i &gt; 0.
/// </summary>
/// <remarks>
/// <para>
/// x_i is uniform on (0, 1) with the probability that the density gives, and otherwise 0. The features of a correlated group are active
/// together; of an active anticorrelated group exactly one feature is. A unit is a group or an independent feature. The share is computed
/// for each number of active units: exactly for none, and for one where it activates one feature; from a fixed sample, in proportion to the
/// probability, for all other numbers. The standard error is below 0.006.
/// </para>
/// <para>O(samples·l·n) with l active features, O(n²·m) for the overlaps.</para>
/// </remarks>
internal sealed class CleanShare
{
    private const int Samples = 1 << 13,
        LeastSamples = 64;
    private const double Rest = 1e-9;
    private readonly int _n;
    private readonly double[] _overlaps,
        _bias;
    private readonly int[][] _units;
    private readonly bool _together;
    private readonly double _density;

    private CleanShare(MeasuredRun run)
    {
        FeatureConfiguration encoder = run.Weights,
            decoder = run.Decoder ?? run.Weights;
        _n = encoder.Features;
        _bias = run.Bias ?? new double[_n];
        _density = run.Density;
        _overlaps = new double[_n * _n];
        for (int j = 0; j < _n; j++)
        {
            for (int i = 0; i < _n; i++)
                _overlaps[(j * _n) + i] = Vectors.Dot(decoder.Column(i), encoder.Column(j));
        }
        IReadOnlyList<IReadOnlyList<int>> groups = run.Groups?.Members ?? [];
        HashSet<int> grouped = [.. groups.SelectMany(g => g)];
        _units = [.. groups.Select(g => g.ToArray()), .. Enumerable.Range(0, _n).Where(i => !grouped.Contains(i)).Select(i => new[] { i })];
        _together = run.Groups?.Together ?? false;
    }

    /// <summary>The share, in [0, 1]; NaN without a density.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double Of(MeasuredRun run, CancellationToken cancellation) =>
        double.IsNaN(run.Density) ? double.NaN : new CleanShare(run).Sum(cancellation);

    private double Sum(CancellationToken cancellation)
    {
        double share = 0,
            left = 1;
        for (int active = 0; active <= _units.Length && left > Rest; active++)
        {
            cancellation.ThrowIfCancellationRequested();
            double probability = Binomial.PMF(_density, _units.Length, active);
            left -= probability;
            if (probability < Rest / _units.Length)
                continue;
            share +=
                probability
                * (
                    active switch
                    {
                        0 => Array.TrueForAll(_bias, b => b <= 0) ? 1 : 0,
                        1 when !_together || Array.TrueForAll(_units, u => u.Length == 1) => OneActive(),
                        _ => Sampled(active, LeastSamples + (int)(probability * Samples)),
                    }
                );
        }
        return Math.Clamp(share, 0, 1);
    }

    /// <summary>The mean, over units and their members, of the length of {x in (0,1): exactly that output is active}.</summary>
    private double OneActive()
    {
        double sum = 0;
        foreach (int[] unit in _units)
        {
            foreach (int j in unit)
                sum += Interval(j) / unit.Length;
        }
        return sum / _units.Length;
    }

    private double Interval(int j)
    {
        double low = 0,
            high = 1;
        for (int i = 0; i < _n && low < high; i++)
        {
            double slope = _overlaps[(j * _n) + i],
                root = -_bias[i] / slope;
            bool wanted = i == j;
            if (slope == 0)
            {
                if ((_bias[i] > 0) != wanted)
                    return 0;
            }
            else if ((slope > 0) == wanted)
                low = Math.Max(low, root);
            else
                high = Math.Min(high, root);
        }
        return Math.Max(0, high - low);
    }

    private double Sampled(int active, int samples)
    {
        var random = new GaussianSource(17, active);
        int[] order = [.. Enumerable.Range(0, _units.Length)];
        double[] outputs = new double[_n];
        bool[] support = new bool[_n];
        int clean = 0;
        for (int s = 0; s < samples; s++)
        {
            _bias.CopyTo(outputs, 0);
            Array.Clear(support);
            for (int l = 0; l < active; l++)
            {
                // The first entries of a random permutation, by Fisher–Yates steps.
                int other = l + random.Below(order.Length - l);
                (order[l], order[other]) = (order[other], order[l]);
                int[] unit = _units[order[l]];
                if (_together || unit.Length == 1)
                    foreach (int i in unit)
                        Activate(i);
                else
                    Activate(unit[random.Below(unit.Length)]);
            }
            int at = 0;
            while (at < _n && (outputs[at] > 0) == support[at])
                at++;
            if (at == _n)
                clean++;
        }
        return (double)clean / samples;

        void Activate(int i)
        {
            support[i] = true;
            Vectors.Axpy(random.Uniform(), _overlaps.AsSpan(i * _n, _n), outputs);
        }
    }
}
