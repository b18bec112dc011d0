using System.Text.Json;
using Geometry.Reports.Recovery;
using Geometry.Reports.Training;

namespace Geometry.Reports.Html;

/// <summary>Writes training and recovery curves to the page's data.</summary>
internal static class CurvesJson
{
    public static IEnumerable<string> Labels(ReportModel model) => model.Training.SelectMany(c => c.Points).Select(p => p.Label);

    public static void Write(Utf8JsonWriter json, ReportModel model)
    {
        json.WriteNumber("trainingRuns", model.TrainingRuns);
        json.Array("training", model.Training, curve =>
        {
            json.WriteStartObject();
            json.WriteString("name", curve.Name);
            json.WriteNumber("n", curve.Features);
            json.Numbers("step", curve.Points.Select(p => p.Step));
            json.Strings("label", curve.Points.Select(p => p.Label));
            json.Strings("formula", curve.Points.Select(p => p.Formula));
            if (curve.Levels.Count > 0)
                WriteLevels(json, curve);
            json.Array("norms", Enumerable.Range(0, curve.Features), i => Row(json, curve.Points.Select(p => p.Norms[i])));
            json.Array("d", Enumerable.Range(0, curve.Features), i => Row(json, curve.Points.Select(p => p.Dimensionalities[i])));
            if (curve.Points.Any(p => p.Measured is not null))
                WriteMeasured(json, curve);
            json.WriteEndObject();
        });
        IReadOnlyList<RecoveryRow> rows = model.Recovery;
        json.WriteStartObject("recovery");
        json.Strings("formula", rows.Select(r => r.Formula));
        json.Strings("noise", rows.Select(r => r.NoiseIn));
        json.Strings("method", rows.Select(r => r.Method));
        json.Numbers("sigma", rows.Select(r => r.Sigma));
        json.Numbers("trials", rows.Select(r => r.Trials));
        json.Numbers("recovered", rows.Select(r => r.Recovered));
        json.Numbers("formulaRate", rows.Select(r => r.FormulaRate));
        json.WriteEndObject();
    }

    /// <summary>The exact loss at the checkpoints and the levels of k-gons.</summary>
    private static void WriteLevels(Utf8JsonWriter json, TrainingCurve curve)
    {
        json.Numbers("exactLoss", curve.Points.Select(p => p.Loss));
        json.Strings("polygon", curve.Points.Select(p => p.Polygon));
        json.Strings("levelNames", curve.Levels.Select(l => l.Name));
        json.Numbers("levels", curve.Levels.Select(l => l.Loss));
    }

    /// <summary>Loss, λ̂ and events at the checkpoints.</summary>
    private static void WriteMeasured(Utf8JsonWriter json, TrainingCurve curve)
    {
        json.Numbers("loss", curve.Points.Select(p => p.Measured?.Loss ?? double.NaN));
        json.Numbers("llc", curve.Points.Select(p => p.Measured?.Llc ?? double.NaN));
        json.Numbers("llcError", curve.Points.Select(p => p.Measured?.LlcError ?? double.NaN));
        json.Strings("verdict", curve.Points.Select(p => p.Measured?.Verdict ?? ""));
        json.Strings("events", curve.Points.Select(p => p.Measured?.Events ?? ""));
    }

    private static void Row(Utf8JsonWriter json, IEnumerable<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values)
            json.Number(value);
        json.WriteEndArray();
    }
}
