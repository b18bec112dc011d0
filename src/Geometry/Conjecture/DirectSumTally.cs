using Geometry.Labels;

namespace Geometry.Conjecture;

/// <summary>How many of some runs are direct sums.</summary>
public sealed class DirectSumTally
{
    private readonly List<double> _defects = [];

    /// <summary>Runs with at least one learned feature.</summary>
    public int Runs { get; private set; }

    /// <summary>Of them with at least two summands.</summary>
    public int Decomposed { get; private set; }

    /// <summary>Of them with a named shape for every summand.</summary>
    public int Named { get; private set; }

    /// <summary>Of them with at least two summands, all named.</summary>
    public int DecomposedAndNamed { get; private set; }

    /// <summary>Median orthogonality defect of the decomposed runs, in [0, 1]; NaN without any.</summary>
    public double MedianDefect
    {
        get
        {
            if (_defects.Count == 0)
                return double.NaN;
            _defects.Sort();
            return 0.5 * (_defects[(_defects.Count - 1) / 2] + _defects[_defects.Count / 2]);
        }
    }

    /// <summary>Counts a run.</summary>
    /// <param name="summands">Number of summands; a run with none learned nothing and is not counted.</param>
    /// <param name="irregular">Of them without a name.</param>
    /// <param name="defect">Orthogonality defect; NaN with fewer than two summands.</param>
    public void Add(int summands, int irregular, double defect)
    {
        if (summands == 0)
            return;
        Runs++;
        if (irregular == 0)
            Named++;
        if (summands < 2)
            return;
        Decomposed++;
        if (irregular == 0)
            DecomposedAndNamed++;
        if (!double.IsNaN(defect))
            _defects.Add(defect);
    }

    /// <summary>Counts a labelled run.</summary>
    public void Add(RunLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        Add(label.Summands.Count, label.Summands.Count(s => !s.Match.IsNamed), label.OrthogonalityDefect);
    }

    /// <summary>Counts everything that another tally has.</summary>
    public void Add(DirectSumTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Runs += other.Runs;
        Decomposed += other.Decomposed;
        Named += other.Named;
        DecomposedAndNamed += other.DecomposedAndNamed;
        _defects.AddRange(other._defects);
    }
}
