using System.Text.Json;
using Geometry.Reports.Phases;
using Geometry.Reports.Theory;
using Geometry.Storage.Results;

namespace Geometry.Reports.Html;

/// <summary>
/// Writes the expectations of theory to the page's data: for each cell that is shown, the cells that contradict it, and the critical points
/// of linear models.
/// </summary>
internal static class TheoryJson
{
    private const int MostListed = 500;

    public static void Write(Utf8JsonWriter json, ReportModel model)
    {
        if (model.Theory is not { } theory)
            return;
        PhaseTable table = model.Phases;
        HashSet<int>[] shown = [.. model.Shown.Select(s => s.ToHashSet())];
        PhaseCell[] cells = [.. table.Cells.Where(c => !shown.Where((s, a) => !s.Contains(c.Place[a])).Any())];
        Expectation[] names = [.. cells.Select(theory.Find).OfType<Expectation>().DistinctBy(e => e.Signature)];
        Dictionary<string, int> index = names
            .Select((e, i) => (e.Signature, i))
            .ToDictionary(p => p.Signature, p => p.i, StringComparer.Ordinal);
        json.WriteStartObject("theory");
        json.WriteNumber("cells", theory.Cells);
        json.WriteNumber("agreeing", theory.Agreeing);
        json.Strings("names", names.Select(e => e.Name));
        json.Strings(
            "sources",
            table.Cells.Select(theory.Find).OfType<Expectation>().Select(e => e.Source).Distinct(StringComparer.Ordinal)
        );
        json.Integers("expected", cells.Select(c => theory.Find(c) is { } e ? index[e.Signature] : -1));
        json.Numbers("loss", cells.Select(c => theory.Find(c)?.Loss ?? double.NaN));
        json.Numbers("share", cells.Select(theory.Share));
        json.Array("contradictions", theory.Contradictions.Take(MostListed), c => Contradiction(json, c));
        json.Array(
            "linear",
            model.LinearRuns.GroupBy(l => l.Match.IsNear ? l.Match.Name : "none", StringComparer.Ordinal).OrderByDescending(g => g.Count()),
            g => Subset(json, g, table.Runs.Runs)
        );
        json.WriteEndObject();
    }

    private static void Contradiction(Utf8JsonWriter json, PhaseContradiction c)
    {
        json.WriteStartObject();
        json.Integers("at", c.Cell.Place);
        json.WriteString("expected", c.Expected.Name);
        json.WriteString("found", c.Found);
        json.WritePropertyName("excess");
        json.Number(c.Excess);
        json.WriteEndObject();
    }

    private static void Subset(Utf8JsonWriter json, IGrouping<string, LinearRun> subset, IReadOnlyList<StoredRun> runs)
    {
        json.WriteStartObject();
        json.WriteString("subset", subset.Key);
        json.WriteNumber("runs", subset.Count());
        json.WritePropertyName("residual");
        json.Number(subset.Max(l => l.Match.Residual));
        json.WritePropertyName("excess");
        json.Number(subset.Max(l => (l.Match.Loss - l.Match.PointLoss) / runs[l.Run].Features));
        json.WriteEndObject();
    }
}
