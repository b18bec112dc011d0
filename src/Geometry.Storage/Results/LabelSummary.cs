using System.Runtime.CompilerServices;
using System.Text;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>All runs of one label, summed up.</summary>
/// <param name="Label">The label.</param>
/// <param name="Runs">Number of runs, ≥ 1.</param>
/// <param name="Formulas">The most frequent formulas with their numbers of runs, most frequent first, ties by name.</param>
/// <param name="DistinctFormulas">Number of different formulas.</param>
/// <param name="MedianResidual">Median of the runs' largest residuals, degrees; NaN when no run has one.</param>
/// <param name="MaxResidual">Largest residual, degrees; NaN when no run has one.</param>
public sealed record LabelCount(
    string Label,
    long Runs,
    IReadOnlyList<(string Formula, long Runs)> Formulas,
    int DistinctFormulas,
    double MedianResidual,
    double MaxResidual
);

/// <summary>What a results database holds, for people.</summary>
/// <param name="Runs">Number of labelled runs.</param>
/// <param name="Failures">Number of failures, whole inputs and single instances.</param>
/// <param name="Labels">The labels, most frequent first, ties by name.</param>
public sealed record LabelSummary(long Runs, long Failures, IReadOnlyList<LabelCount> Labels);

/// <summary>Counts labels, formulas and residuals over rows of <c>runs</c> in any order.</summary>
/// <remarks>Memory: eight bytes per run, for the medians, and the different formulas. Not thread-safe.</remarks>
internal sealed class LabelTally
{
    private const int StackChars = 256;
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    /// <summary>Counts a run.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">Its column with the label.</param>
    /// <param name="formula">Its column with the formula.</param>
    /// <param name="residual">Its column with the largest residual, degrees, or NULL.</param>
    public void Add<TCells>(TCells row, int label, int formula, int residual)
        where TCells : ICells
    {
        Group group = Entry(_groups, row.Utf8(label));
        group.Runs++;
        Entry(group.Formulas, row.Utf8(formula)).Value++;
        int type = row.Type(residual);
        if (type == raw.SQLITE_FLOAT)
            group.Residuals.Add(row.Float(residual));
        else if (type == raw.SQLITE_INTEGER)
            group.Residuals.Add(row.Integer(residual));
    }

    /// <summary>What has been counted so far.</summary>
    /// <param name="failures">Number of failures, which are no runs.</param>
    /// <param name="formulas">How many formulas to list for each label, ≥ 0.</param>
    public LabelSummary Summary(long failures, int formulas)
    {
        LabelCount[] counts =
        [
            .. _groups
                .OrderByDescending(g => g.Value.Runs)
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new LabelCount(
                    g.Key,
                    g.Value.Runs,
                    [
                        .. g
                            .Value.Formulas.OrderByDescending(f => f.Value.Value)
                            .ThenBy(f => f.Key, StringComparer.Ordinal)
                            .Take(formulas)
                            .Select(f => (f.Key, f.Value.Value)),
                    ],
                    g.Value.Formulas.Count,
                    g.Value.Median(),
                    g.Value.Residuals.Count == 0 ? double.NaN : g.Value.Residuals.Max()
                )),
        ];
        return new LabelSummary(counts.Sum(c => c.Runs), failures, counts);
    }

    /// <summary>The value of a key given as UTF-8; only a new key makes a string.</summary>
    private static T Entry<T>(Dictionary<string, T> values, ReadOnlySpan<byte> utf8)
        where T : class, new()
    {
        Span<char> text = utf8.Length <= StackChars ? stackalloc char[StackChars] : new char[utf8.Length];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        if (!values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out T? value))
            values.Add(text.ToString(), value = new T());
        return value;
    }

    private sealed class Group
    {
        public long Runs { get; set; }

        public Dictionary<string, StrongBox<long>> Formulas { get; } = new(StringComparer.Ordinal);

        public List<double> Residuals { get; } = [];

        public double Median()
        {
            if (Residuals.Count == 0)
                return double.NaN;
            Residuals.Sort();
            int middle = Residuals.Count / 2;
            return Residuals.Count % 2 == 1 ? Residuals[middle] : (Residuals[middle - 1] + Residuals[middle]) / 2;
        }
    }
}
