using System.Globalization;
using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>An axis of a phase diagram: a parameter with its distinct values.</summary>
/// <remarks>Values ascend: numbers, then texts in ordinal order, then the empty value.</remarks>
public sealed class PhaseAxis
{
    private readonly Dictionary<ParameterValue, int> _index;

    private PhaseAxis(string name, ParameterValue[] values)
    {
        Name = name;
        Values = values;
        _index = values.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i);
    }

    /// <summary>The parameter.</summary>
    public string Name { get; }

    /// <summary>Its distinct values, ascending.</summary>
    public IReadOnlyList<ParameterValue> Values { get; }

    /// <summary>Whether its values are numbers; runs may be without one.</summary>
    public bool IsNumeric => Values.All(v => v.Text is null) && !double.IsNaN(Values[0].Number);

    /// <summary>The axis of one parameter over all runs.</summary>
    public static PhaseAxis Of(LabelledRuns runs, string parameter)
    {
        ParameterValue[] values = [.. runs.Runs.Select(r => Key(runs.Value(r, parameter))).Distinct()];
        Array.Sort(values, Compare);
        return new PhaseAxis(parameter, values);
    }

    /// <summary>
    /// The parameters with several values (apart from runs without one), in the order sparsity, importance, weights, n, m, further ones;
    /// seeds are not an axis.
    /// </summary>
    /// <remarks>
    /// A parameter is left out if its values correspond one to one to those of an earlier axis, unless it has another value for every run;
    /// so are the sizes of matrices where the matrix determines them.
    /// </remarks>
    public static IReadOnlyList<PhaseAxis> Swept(LabelledRuns runs)
    {
        var axes = new List<PhaseAxis>();
        foreach (string parameter in runs.Parameters)
        {
            if (parameter == "seed")
                continue;
            PhaseAxis axis = Of(runs, parameter);
            if (
                axis.Values.Count(v => v.Text is not null || !double.IsNaN(v.Number)) > 1
                && !axes.Exists(a => axis.Renames(a, runs) || (a.Name == "weights" && parameter is "n" or "m" && axis.Follows(a, runs)))
            )
                axes.Add(axis);
        }
        return axes;
    }

    /// <summary>Index of a run's value.</summary>
    public int IndexOf(ParameterValue value) => _index[Key(value)];

    /// <summary>A value as text with at most four significant digits; <c>(none)</c> for an empty one.</summary>
    public string Text(int index) => Text(Values[index]);

    /// <summary>A value as text.</summary>
    public static string Text(ParameterValue value) =>
        value.Text
        ?? (
            double.IsNaN(value.Number)
                ? "(none)"
                : (Math.Abs(value.Number) < 10000 ? Short(value.Number) : value.Number.ToString("G6", CultureInfo.InvariantCulture))
        );

    // Sparsities are often close to 1, and 0.9990 and 0.9992 must stay different, so digits are counted from the nearer of 0 and 1.
    private static string Short(double value)
    {
        double nearer = Math.Min(Math.Abs(value), Math.Abs(1 - value));
        int decimals = nearer == 0 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(nearer)) - (nearer >= 1 ? 0 : 1), 0, 12);
        return Math.Round(value, decimals).ToString("0.############", CultureInfo.InvariantCulture);
    }

    private bool Renames(PhaseAxis other, LabelledRuns runs)
    {
        if (other.Values.Count != Values.Count || Values.Count == runs.Runs.Count)
            return false;
        return runs.Runs.Select(r => (IndexOf(runs.Value(r, Name)), other.IndexOf(runs.Value(r, other.Name)))).Distinct().Count()
            == Values.Count;
    }

    private bool Follows(PhaseAxis other, LabelledRuns runs) =>
        runs.Runs.Select(r => (IndexOf(runs.Value(r, Name)), other.IndexOf(runs.Value(r, other.Name)))).Distinct().Count()
        == other.Values.Count;

    private static ParameterValue Key(ParameterValue value) =>
        value.Text is null ? new ParameterValue(value.Number) : new ParameterValue(double.NaN, value.Text);

    private static int Compare(ParameterValue a, ParameterValue b)
    {
        int rank = Rank(a).CompareTo(Rank(b));
        if (rank != 0)
            return rank;
        return a.Text is null ? a.Number.CompareTo(b.Number) : string.CompareOrdinal(a.Text, b.Text);
    }

    private static int Rank(ParameterValue value) =>
        value.Text is not null ? 1
        : double.IsNaN(value.Number) ? 2
        : 0;
}
