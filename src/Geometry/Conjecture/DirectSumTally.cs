using Geometry.Labels;

namespace Geometry.Conjecture;

/// <summary>Counts how many runs are direct sums.</summary>
public sealed class DirectSumTally
{
    private readonly List<double> _defects = [];

    /// <summary>Number of runs with at least one learned feature.</summary>
    public int Runs { get; private set; }

    /// <summary>Number of these with at least two summands.</summary>
    public int Decomposed { get; private set; }

    /// <summary>Number of these in which every summand has a named shape.</summary>
    public int Named { get; private set; }

    /// <summary>Number of these with at least two summands, all named.</summary>
    public int DecomposedAndNamed { get; private set; }

    /// <summary>Median orthogonality defect of the runs with at least two summands, in [0, 1]; NaN where there are none.</summary>
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

    /// <summary>Adds a run.</summary>
    /// <param name="summands">Number of summands; a run with none learned nothing and is not counted.</param>
    /// <param name="irregular">Number of summands without a name.</param>
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

    /// <summary>Adds a labelled run.</summary>
    public void Add(RunLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        Add(label.Summands.Count, label.Summands.Count(s => !s.Match.IsNamed), label.OrthogonalityDefect);
    }

    /// <summary>Adds all runs of another tally.</summary>
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
