using System.Text.Json;

namespace Geometry.Storage.Sweeps;

/// <summary>
/// The sizes, model and hook that a <c>cfg.json</c> beside the weights of a sparse autoencoder states, as SAELens writes it.
/// </summary>
/// <remarks>
/// <c>d_in</c> and <c>d_sae</c> decide which axis of the decoder runs over features; <c>model_name</c> and <c>hook_name</c>
/// (<c>hook_point</c> in older files), at the top or under <c>metadata</c>, say where the inputs come from. Other keys are ignored, as are
/// sizes that do not fit the array: any folder may have a file of that name. A file that is not a JSON object is reported where the layout
/// depends on it, and ignored elsewhere. Read for dictionaries only.
/// </remarks>
/// <param name="Path">The file.</param>
/// <param name="Inputs">d_in; 0 where it is not given.</param>
/// <param name="Features">d_sae; 0 where it is not given.</param>
/// <param name="Origin">Model and hook; null where neither is given.</param>
/// <param name="Failure">Why the file cannot be read; null where it can.</param>
internal sealed record AutoencoderConfig(string Path, long Inputs, long Features, string? Origin, string? Failure)
{
    private const string Name = "cfg.json";
    private const int MostBytes = 1 << 20,
        LongestName = 100;

    /// <summary>Reads the file beside some weights; null where there is none.</summary>
    internal static AutoencoderConfig? Beside(string weights)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(weights) ?? "", Name);
        var file = new FileInfo(path);
        // Pipes and other files without a length would block.
        if (!file.Exists || file.Length == 0)
            return null;
        if (file.Length > MostBytes)
            return Failed(path, $"has {file.Length} bytes; expected at most {MostBytes}");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Failed(path, $"is {root.ValueKind.ToString().ToLowerInvariant()}; expected a JSON object");
            string[] origin = [.. new[] { Text(root, "model_name"), Text(root, "hook_name") ?? Text(root, "hook_point") }.OfType<string>()];
            return new AutoencoderConfig(
                path,
                Size(root, "d_in"),
                Size(root, "d_sae"),
                origin.Length > 0 ? string.Join(", ", origin) : null,
                null
            );
        }
        catch (JsonException e)
        {
            return Failed(path, FormattableString.Invariant($"is no JSON (line {(e.LineNumber ?? 0) + 1})"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(path, "cannot be read");
        }
    }

    /// <summary>The layout of a matrix that has exactly these sizes; <see cref="WeightLayout.Auto"/> for others.</summary>
    internal WeightLayout Layout(long rows, long columns)
    {
        if (Inputs == Features || Inputs == 0 || Features == 0)
            return WeightLayout.Auto;
        if ((rows, columns) == (Features, Inputs))
            return WeightLayout.FeaturesFirst;
        return (rows, columns) == (Inputs, Features) ? WeightLayout.HiddenFirst : WeightLayout.Auto;
    }

    private static AutoencoderConfig Failed(string path, string why) => new(path, 0, 0, null, why);

    private static long Size(JsonElement root, string key) =>
        root.TryGetProperty(key, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out long size)
        && size > 0
            ? size
            : 0;

    /// <summary>A short text at the top or under <c>metadata</c>, without control characters.</summary>
    private static string? Text(JsonElement root, string key)
    {
        foreach (
            JsonElement at in root.TryGetProperty("metadata", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object
                ? [root, inner]
                : new[] { root }
        )
        {
            if (!at.TryGetProperty(key, out JsonElement value) || value.ValueKind != JsonValueKind.String)
                continue;
            string text = new([.. value.GetString()!.Where(c => !char.IsControl(c)).Take(LongestName)]);
            if (text.Length > 0)
                return text;
        }
        return null;
    }
}
