using System.Text.Json;
using Geometry.Reports.Dictionaries;
using Geometry.Reports.Measures.Page;
using Geometry.Reports.Phases;
using Geometry.Storage.Results;

namespace Geometry.Reports.Html;

/// <summary>The page's data: one JSON object with columns in place of rows, and indices in place of names.</summary>
/// <remarks>
/// Every text is escaped so that it is safe inside an HTML script element: &lt;, &gt;, &amp; and quotes become \u escapes (the default
/// encoder of System.Text.Json). Sparsities have nine digits, because 1/(1−S) depends on the last ones.
/// </remarks>
internal static class ReportJson
{
    private const int MostTransitions = 500,
        MostFailures = 200;

    public static byte[] Write(ReportModel model)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("title", model.Title);
            json.WriteString("version", model.Version);
            json.WriteNumber("best", model.Best);
            json.WriteNumber("allRuns", model.Phases.Runs.Runs.Count);
            Names(json, model);
            Axes(json, model);
            Cells(json, model);
            TheoryJson.Write(json, model);
            Runs(json, model);
            Features(json, model);
            GalleryJson.Write(json, model.Gallery);
            FormsJson.Write(json, model.Forms);
            CurvesJson.Write(json, model);
            MeasuresJson.Write(json, model.Measures);
            PlanesJson.Write(json, model.Planes);
            json.WriteNumber("transitionCount", model.Transitions.Count);
            json.Array("transitions", model.Transitions.Take(MostTransitions), t => Transition(json, t));
            if (model.Spec is { } spec)
                json.WriteString("spec", spec);
            json.WriteNumber("failureCount", model.Failures.Count);
            json.Array("failures", model.Failures.Take(MostFailures), f =>
                json.WriteStringValue(
                    f.Source + (f.Instance is { } i ? FormattableString.Invariant($", instance {i}") : "") + ": " + f.Message
                )
            );
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Names(Utf8JsonWriter json, ReportModel model)
    {
        PhaseTable table = model.Phases;
        json.Strings("sources", table.Runs.Sources);
        json.Strings("labels", table.Labels.Select(l => l.Name));
        json.Strings("codes", LabelColors.Codes(table.Labels.Select(l => l.Name)).Values.Select(c => c.ToString()));
        json.Integers("labelRuns", table.Labels.Select(l => l.Runs));
        json.Strings("families", table.Families.Select(f => f.Name));
        json.WriteStartObject("styles");
        foreach (
            string name in table
                .Labels.Select(l => l.Name)
                .Concat(model.Features.Select(f => f.Shape))
                .Concat(table.Families.Select(f => f.Name))
                .Concat(GalleryJson.Shapes(model.Gallery))
                .Concat(FormsJson.Names(model.Forms))
                .Concat(CurvesJson.Labels(model))
                .Concat(PlanesJson.Shapes(model.Planes))
                .Append("none")
                .Distinct(StringComparer.Ordinal)
        )
        {
            json.WriteStartArray(name);
            json.WriteStringValue(LabelColors.Hex(name));
            json.WriteStringValue(LabelColors.Code(name).ToString());
            json.WriteBooleanValue(LabelColors.TakesBlackInk(LabelColors.Of(name)));
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Axes(Utf8JsonWriter json, ReportModel model) => json.Array("axes", model.Phases.Axes.Zip(model.Shown), pair =>
        {
            (PhaseAxis axis, IReadOnlyList<int> shown) = pair;
            json.WriteStartObject();
            json.WriteString("name", axis.Name);
            if (shown.Count < axis.Values.Count)
                json.Integers("shown", shown);
            json.WriteBoolean("numeric", axis.IsNumeric);
            json.Strings("text", Enumerable.Range(0, axis.Values.Count).Select(axis.Text));
            json.Array("values", axis.Values, v => Parameter(json, v));
            json.WriteEndObject();
        });

    private static void Cells(Utf8JsonWriter json, ReportModel model)
    {
        PhaseTable table = model.Phases;
        Dictionary<string, int> labels = Index(table.Labels),
            families = Index(table.Families);
        HashSet<int>[] shown = [.. model.Shown.Select(s => s.ToHashSet())];
        json.WriteNumber("allCells", table.Cells.Count);
        json.Array("cells", table.Cells.Where(c => !shown.Where((s, a) => !s.Contains(c.Place[a])).Any()), cell =>
        {
            json.WriteStartObject();
            json.Integers("at", cell.Place);
            json.WriteNumber("all", cell.AllRuns);
            json.WriteNumber("runs", cell.Members.Count);
            json.Integers("labels", cell.Labels.SelectMany(c => new[] { labels[c.Name], c.Runs }));
            json.Integers("families", cell.Families.SelectMany(c => new[] { families[c.Name], c.Runs }));
            json.WritePropertyName("dims");
            json.Number(cell.MeanDims);
            json.WritePropertyName("loss");
            json.Number(cell.MeanLoss);
            json.WritePropertyName("learned");
            json.Number(cell.MeanLearned);
            json.WriteEndObject();
        });
    }

    private static void Runs(Utf8JsonWriter json, ReportModel model)
    {
        PhaseTable table = model.Phases;
        StoredRun[] runs = [.. model.Listed.Select(i => table.Runs.Runs[i])];
        Dictionary<string, int> labels = Index(table.Labels),
            formulas = Index(table.Formulas);
        json.Strings("formulas", table.Formulas.Select(f => f.Name));
        json.WriteStartObject("runs");
        json.Integers("index", model.Listed);
        json.Array("at", runs, r =>
        {
            json.WriteStartArray();
            foreach (PhaseAxis axis in table.Axes)
                json.WriteNumberValue(axis.IndexOf(table.Runs.Value(r, axis.Name)));
            json.WriteEndArray();
        });
        json.Integers("source", runs.Select(r => r.Input));
        json.Integers("instance", runs.Select(r => r.Instance));
        json.Integers("n", runs.Select(r => r.Features));
        json.Integers("m", runs.Select(r => r.Hidden));
        json.Array("sparsity", runs, r => Parameter(json, r.Sparsity));
        json.Array("importance", runs, r => Parameter(json, r.Importance));
        json.Array("seed", runs, r => Parameter(json, r.Seed));
        json.Numbers("loss", runs.Select(r => r.Loss));
        json.Integers("learned", runs.Select(r => r.Learned));
        json.Numbers("dims", runs.Select(r => r.DimsPerFeature));
        json.Numbers("residual", runs.Select(r => r.MaxResidualDegrees));
        json.Integers("label", runs.Select(r => labels[r.Label]));
        json.Integers("formula", runs.Select(r => formulas[r.Formula]));
        json.WriteStartObject("further");
        for (int i = 0; i < table.Runs.FurtherParameters.Count; i++)
            json.Array(table.Runs.FurtherParameters[i], runs, r => Parameter(json, r.Further[i]));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Features(Utf8JsonWriter json, ReportModel model)
    {
        List<string> shapes =
        [
            .. model
                .Features.GroupBy(f => f.Shape, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Key),
        ];
        Dictionary<string, int> index = shapes.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i, StringComparer.Ordinal);
        json.WriteStartObject("features");
        json.WriteNumber("all", model.AllFeatures);
        json.Strings("shapes", shapes);
        json.Array("sparsity", model.Features, f => Parameter(json, model.Phases.Runs.Runs[f.Run].Sparsity));
        json.Integers("run", model.Features.Select(f => f.Run));
        json.Integers("feature", model.Features.Select(f => f.Feature));
        json.Integers("shape", model.Features.Select(f => index[f.Shape]));
        json.Numbers("d", model.Features.Select(f => f.Dimensionality));
        json.WriteEndObject();
    }

    private static void Transition(Utf8JsonWriter json, Transition t)
    {
        json.WriteStartObject();
        json.WriteNumber("axis", t.Axis);
        json.Integers("at", t.Place);
        json.WriteString("from", t.From);
        json.WriteString("to", t.To);
        json.WriteNumber("next", t.Next);
        json.WriteNumber("low", t.Low);
        json.WriteNumber("high", t.High);
        json.WritePropertyName("support");
        json.Number(t.Support);
        json.WriteEndObject();
    }

    private static void Parameter(Utf8JsonWriter json, ParameterValue value)
    {
        if (value.Text is { } text)
            json.WriteStringValue(text);
        else if (double.IsFinite(value.Number))
            json.WriteRawValue(value.Number.ToString("G9", System.Globalization.CultureInfo.InvariantCulture), skipInputValidation: true);
        else
            json.WriteNullValue();
    }

    private static Dictionary<string, int> Index(IReadOnlyList<Count> names) =>
        names.Select((c, i) => (c.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
}
