using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Reports.Phases;

namespace Geometry.Cli.Phases;

/// <summary>Lists where the dominant label changes along the axes.</summary>
internal static class TransitionList
{
    private const int MostRows = 24;

    public static void Write(TextWriter writer, PhaseTable table, PhaseOptions options)
    {
        foreach (int axis in Enumerable.Range(0, table.Axes.Count).Where(a => table.Axes[a].IsNumeric))
        {
            IReadOnlyList<Transition> transitions = TransitionFinder.Along(table, axis, options);
            if (transitions.Count == 0)
                continue;
            bool repeated = transitions.Any(t => !double.IsNaN(t.Support));
            bool lines = table.Axes.Count > 1;
            PhaseAxis along = table.Axes[axis];
            var text = new TextTable([
                $"along {along.Name}",
                .. lines ? ["at"] : Array.Empty<string>(),
                "between",
                .. repeated ? ["95 % of resampled seeds", ">found in"] : Array.Empty<string>(),
            ]);
            foreach (Transition t in transitions.Take(MostRows))
            {
                string at = string.Join(
                    ", ",
                    Enumerable
                        .Range(0, table.Axes.Count)
                        .Where(a => a != axis)
                        .Select(a => $"{table.Axes[a].Name} {table.Axes[a].Text(t.Place[a])}")
                );
                string interval = t.Low < 0 ? "" : $"{along.Text(t.Low)} … {along.Text(t.High)}";
                string support = double.IsNaN(t.Support) ? "" : t.Support.ToString("0 %", CultureInfo.InvariantCulture);
                text.Add([
                    $"{t.From} → {t.To}",
                    .. lines ? [at] : Array.Empty<string>(),
                    $"{along.Text(t.Place[axis])} and {along.Text(t.Next)}",
                    .. repeated ? [interval, support] : Array.Empty<string>(),
                ]);
            }
            text.Write(writer);
            if (transitions.Count > MostRows)
                writer.WriteLine(FormattableString.Invariant($"and {transitions.Count - MostRows} more, which the report lists"));
            if (!repeated)
                writer.WriteLine("no intervals: every cell is a single run");
            writer.WriteLine();
        }
    }
}
