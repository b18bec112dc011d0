using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geometry.Words;

namespace Geometry.Atlas;

/// <summary>An atlas as text: a YAML document in YAML's JSON subset, which readers of either format accept.</summary>
/// <remarks>
/// Numbers are written with enough digits to read back the same bits; an unknown number is null. The coordinates define the form, and the
/// other keys were computed from them or from the sweeps. Reading checks sizes, finiteness, lengths and names, and refuses files larger
/// than <see cref="MostBytes"/>.
/// </remarks>
public static class AtlasText
{
    /// <summary>Size of the largest document that is read, bytes.</summary>
    public const int MostBytes = 64 << 20;

    private const int Version = 1;
    private const int MostForms = 10_000;
    private static readonly JsonSerializerOptions s_compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes an atlas, one line per key of a form.</summary>
    public static string Write(FormAtlas atlas)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        var text = new StringBuilder();
        text.Append("{\n\"geometry-atlas\": ")
            .Append(Version)
            .Append(",\n\"origin\": ")
            .Append(JsonValue.Create(atlas.Origin)!.ToJsonString(s_compact))
            .Append(",\n\"forms\": [");
        for (int k = 0; k < atlas.Forms.Count; k++)
        {
            text.Append(k == 0 ? "\n{" : ",\n{");
            string separator = "\n  ";
            foreach ((string key, JsonNode? value) in Entry(atlas.Forms[k]))
            {
                text.Append(separator).Append('"').Append(key).Append("\": ").Append(value?.ToJsonString(s_compact) ?? "null");
                separator = ",\n  ";
            }
            text.Append("\n}");
        }
        return text.Append("\n]\n}\n").ToString();
    }

    /// <summary>Reads an atlas.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="name">The name of the document in messages.</param>
    /// <exception cref="FormatException">It is no atlas; the message names the form, the key, what was found and what was
    /// expected.</exception>
    public static FormAtlas Read(ReadOnlyMemory<byte> utf8, string name)
    {
        if (utf8.Length > MostBytes)
            throw new FormatException(
                FormattableString.Invariant($"{name}: expected at most {MostBytes >> 20} MB, found {utf8.Length >> 20} MB")
            );
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("geometry-atlas", out JsonElement version))
                throw new FormatException($"{name}: expected an atlas, with the key 'geometry-atlas' at its start, found none");
            if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != Version)
                throw new FormatException($"{name}: geometry-atlas: expected version {Version}, found {version.GetRawText()}");
            var origin = root.TryGetProperty("origin", out JsonElement o) && o.ValueKind == JsonValueKind.String ? o.GetString()! : "";
            if (!root.TryGetProperty("forms", out JsonElement forms) || forms.ValueKind != JsonValueKind.Array)
                throw new FormatException(
                    $"{name}: forms: expected a list, found "
                        + $"{(forms.ValueKind == JsonValueKind.Undefined ? "nothing" : forms.ValueKind.ToString().ToLowerInvariant())}"
                );
            if (forms.GetArrayLength() > MostForms)
                throw new FormatException($"{name}: forms: expected at most {MostForms}, found {forms.GetArrayLength()}");
            var read = new List<Form>();
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonElement entry in forms.EnumerateArray())
            {
                Form form = new AtlasEntry(entry, FormattableString.Invariant($"{name}: form {read.Count + 1}")).Read();
                if (!names.Add(form.Name))
                    throw new FormatException($"{name}: form {read.Count + 1}: name: '{form.Name}' is taken by an earlier form");
                read.Add(form);
            }
            return new FormAtlas(read, origin);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"{name}: expected text in UTF-8, found bytes that are none", e);
        }
        catch (JsonException e)
        {
            throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: line {e.LineNumber + 1}: expected an atlas as geometry writes it (YAML in its JSON subset), found "
                        + $"something else"
                ),
                e
            );
        }
    }

    private static IEnumerable<(string Key, JsonNode? Value)> Entry(Form form)
    {
        FormInvariants i = form.Invariants;
        yield return ("name", form.Name);
        yield return ("dim", form.Dim);
        yield return ("directions", form.Directions);
        yield return ("symmetries", form.Symmetries.ToString(CultureInfo.InvariantCulture));
        yield return ("orbits", Numbers(form.OrbitOf));
        yield return ("free_parameters", i.FreeParameters);
        yield return ("coordinates", Rows(form.Centre, form.Dim));
        if (form.Drift is { } drift)
        {
            yield return ("drift_range", drift.Range);
            yield return ("drift_slope", Rows(drift.Slope, form.Dim));
            yield return ("drift_bend", Rows(drift.Bend, form.Dim));
        }
        if (form.Significance is { } s)
        {
            yield return ("gap_rad", Number(s.Gap));
            yield return ("tube", new JsonArray([.. s.Terms.Select(t => new JsonArray(t.Power, Number(t.LogCoefficient)))]));
            yield return ("tube_curvature", Number(s.Curvature));
        }
        yield return ("angles_deg", i.AnglesText);
        yield return ("exact_cosines", new JsonArray([.. i.ExactCosines.Select(c => (JsonNode)c)]));
        yield return ("antipodal", i.Antipodal);
        yield return ("tight", i.Tight);
        yield return ("equiangular", i.Equiangular);
        yield return ("design", i.DesignStrength);
        yield return ("min_angle_deg", Number(i.SmallestAngleDegrees));
        yield return ("best_code_deg", Number(i.BestCodeDegrees));
        yield return ("dimensionalities", new JsonArray([.. i.Dimensionalities.Select(v => Number(v))]));
        yield return ("thomson_excess", Number(i.ThomsonExcess));
        yield return ("frame_defect", Number(i.FrameDefect));
        yield return ("defect", i.Defect);
        if (form.Origin is { } o)
        {
            yield return ("runs", o.Runs);
            yield return ("sweeps", o.Sweeps);
            yield return ("features", Numbers([o.Features.Low, o.Features.High]));
            yield return ("hidden", Numbers([o.Hidden.Low, o.Hidden.High]));
            yield return ("density", new JsonArray(Number(o.Density.Low), Number(o.Density.High)));
            yield return ("low_loss_share", Number(o.LowLossShare));
            yield return ("recurrence_log10_p", Number(o.LogRecurrence));
            yield return ("spread_deg", Number(o.SpreadDegrees));
            if (o.Angles.Count > 0)
                yield return (
                    "angle_spread",
                    new JsonArray([.. o.Angles.Select(a => new JsonArray(Number(a.Degrees), a.Pairs, Number(a.SpreadDegrees)))])
                );
        }
        if (form.GroundStateStarts > 0)
            yield return ("ground_state_starts", form.GroundStateStarts);
        if (form.GroundState is { } g)
            yield return ("ground_state", new JsonArray(g.Rank, Number(g.Energy), Number(g.Share), Number(g.ResidualDegrees)));
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonNode.Parse(NumberText.Of(value)) : null;

    private static JsonArray Numbers(IEnumerable<int> values) => new([.. values.Select(v => (JsonNode)v)]);

    private static JsonArray Rows(double[] values, int dim) =>
        new([.. values.Chunk(dim).Select(row => new JsonArray([.. row.Select(Number)]))]);
}
