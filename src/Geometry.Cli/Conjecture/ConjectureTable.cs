using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Conjecture;
using Geometry.Synthesis;

namespace Geometry.Cli.Conjecture;

/// <summary>The table at the end of <c>conjecture</c>: the share of exact partitions for each noise and σ, over all formulas.</summary>
internal static class ConjectureTable
{
    public static void Write(TextWriter writer, IReadOnlyList<ConjectureRow> rows)
    {
        string[] methods = [.. rows.Select(r => r.Method).Distinct()];
        var table = new TextTable(["noise in", ">σ", .. methods.Select(m => ">" + m), $"worst formula of {Featured(methods)}"]);
        foreach (var cell in rows.GroupBy(r => (r.NoiseIn, r.Sigma)).OrderBy(g => g.Key))
        {
            ConjectureRow worst = cell.Where(r => r.Method == Featured(methods)).MinBy(r => r.Rate)!;
            table.Add([
                cell.Key.NoiseIn == NoiseIn.Summand ? "summand" : "ambient",
                cell.Key.Sigma.ToString(CultureInfo.InvariantCulture),
                .. methods.Select(m => Rate(cell.Where(r => r.Method == m))),
                worst.Rate < 1 ? FormattableString.Invariant($"{100 * worst.Rate:0} % {worst.Formula}") : "",
            ]);
        }
        table.Write(writer);
    }

    /// <summary>The method whose worst formula is named: pipeline, or else the last one.</summary>
    public static string Featured(IReadOnlyList<string> methods) => methods.Contains("pipeline") ? "pipeline" : methods[^1];

    private static string Rate(IEnumerable<ConjectureRow> rows)
    {
        long recovered = 0,
            trials = 0;
        foreach (ConjectureRow row in rows)
            (recovered, trials) = (recovered + row.Recovered, trials + row.Trials);
        WilsonInterval interval = WilsonInterval.Of(recovered, trials);
        return FormattableString.Invariant($"{100.0 * recovered / trials:0.0} ±{50 * (interval.High - interval.Low):0.0} %");
    }
}
