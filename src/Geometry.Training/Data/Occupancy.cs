using Geometry.Training.Streams;

namespace Geometry.Training.Data;

/// <summary>
/// Draws K ~ Binomial(N, q), the number of samples of a batch that are not empty, by inverting a table of the distribution function. The
/// table covers the mean ± 12 standard deviations (or all of 0 … N if that is less), outside of which the probability is below 1e-30.
/// </summary>
internal sealed class Occupancy
{
    private readonly double[] _cumulative;
    private readonly int _first;

    internal Occupancy(int batch, double occupied)
    {
        Batch = batch;
        if (occupied >= 1)
        {
            _first = batch;
            _cumulative = [1];
            return;
        }
        double mean = batch * occupied,
            width = 12 * Math.Sqrt(mean * (1 - occupied)) + 40;
        _first = (int)Math.Max(0, mean - width);
        int last = (int)Math.Min(batch, mean + width);
        int mode = (int)Math.Min(last, Math.Floor((batch + 1.0) * occupied));
        var mass = new double[last - _first + 1];
        double odds = occupied / (1 - occupied),
            sum = 0;
        mass[mode - _first] = 1;
        for (int k = mode; k < last; k++)
            mass[k + 1 - _first] = mass[k - _first] * odds * (batch - k) / (k + 1.0);
        for (int k = mode; k > _first; k--)
            mass[k - 1 - _first] = mass[k - _first] / odds * k / (batch - k + 1.0);
        foreach (double m in mass)
            sum += m;
        double running = 0;
        for (int k = 0; k < mass.Length; k++)
            mass[k] = (running += mass[k]) / sum;
        mass[^1] = 1;
        _cumulative = mass;
    }

    /// <summary>N.</summary>
    internal int Batch { get; }

    /// <summary>K for the batch that has this stream.</summary>
    internal int Draw(RandomStream stream)
    {
        if (_cumulative.Length == 1)
            return _first;
        double u = stream.Uniform(0, 0);
        int low = 0,
            high = _cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_cumulative[middle] > u)
                high = middle;
            else
                low = middle + 1;
        }
        return _first + low;
    }
}
