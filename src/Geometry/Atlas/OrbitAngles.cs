namespace Geometry.Atlas;

/// <summary>An angle that the symmetries of a form repeat, with its distribution over the runs.</summary>
/// <param name="Degrees">Mean over the runs and the pairs of the orbit, degrees.</param>
/// <param name="Pairs">Number of pairs in the orbit.</param>
/// <param name="SpreadDegrees">Standard deviation between runs of the mean over the orbit, degrees; within a run the pairs differ by noise
/// alone.</param>
public readonly record struct OrbitAngle(double Degrees, int Pairs, double SpreadDegrees);

/// <summary>
/// Means and spreads of the angles of a form over its runs. They show how its free parameters vary, without a choice of parameters.
/// </summary>
internal sealed class OrbitAngles
{
    /// <summary>Largest number of distinct angles; with more they are a continuum.</summary>
    public const int Most = 32;

    private readonly int[] _orbitOf;
    private readonly int[] _pairs;
    private readonly double[] _sums,
        _squares,
        _one;
    private int _members;

    /// <param name="pairOrbits">For each ordered pair (i, j), row-major c×c, the number of its orbit.</param>
    /// <param name="count">c.</param>
    public OrbitAngles(int[] pairOrbits, int count)
    {
        // (i, j) and (j, i) are one angle, even where no symmetry exchanges them.
        _orbitOf = new int[count * count];
        var numbers = new Dictionary<int, int>();
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int orbit = Math.Min(pairOrbits[(i * count) + j], pairOrbits[(j * count) + i]);
                if (!numbers.TryGetValue(orbit, out int number))
                    numbers.Add(orbit, number = numbers.Count);
                _orbitOf[(i * count) + j] = _orbitOf[(j * count) + i] = number;
            }
        }
        Count = count;
        _pairs = new int[numbers.Count];
        (_sums, _squares, _one) = (new double[_pairs.Length], new double[_pairs.Length], new double[_pairs.Length]);
        ForPairs(k => _pairs[_orbitOf[k]]++);
    }

    /// <summary>c.</summary>
    public int Count { get; }

    /// <summary>Adds a run.</summary>
    /// <param name="angles">Radians, row-major c×c, in the order of the form's directions.</param>
    public void Add(double[] angles)
    {
        Array.Clear(_one);
        ForPairs(k => _one[_orbitOf[k]] += angles[k]);
        _members++;
        for (int o = 0; o < _one.Length; o++)
        {
            double mean = double.RadiansToDegrees(_one[o] / _pairs[o]);
            _sums[o] += mean;
            _squares[o] += mean * mean;
        }
    }

    /// <summary>The angles, ascending; empty where they are more than <see cref="Most"/> or no run was added.</summary>
    public IReadOnlyList<OrbitAngle> Of() =>
        _members == 0 || _pairs.Length > Most
            ? []
            :
            [
                .. Enumerable
                    .Range(0, _pairs.Length)
                    .Select(o =>
                    {
                        double mean = _sums[o] / _members,
                            variance = _members < 2 ? 0 : ((_squares[o] / _members) - (mean * mean)) * _members / (_members - 1);
                        return new OrbitAngle(mean, _pairs[o], Math.Sqrt(Math.Max(0, variance)));
                    })
                    .OrderBy(a => a.Degrees),
            ];

    private void ForPairs(Action<int> visit)
    {
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < i; j++)
                visit((i * Count) + j);
        }
    }
}
