using Geometry.Storage.Results;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Weight files of our own training, where every array's meaning is known by its name.</summary>
internal static class TrainedFormat
{
    /// <summary>An integer without axes; its value is <see cref="Version"/>.</summary>
    public const string Marker = "sweep";

    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private static readonly string[] s_required = ["W", "b", "run"];
    private static readonly string[] s_bookkeeping = [Marker, "W", "decoder", "b", "run", "failed_at"];

    /// <summary>Whether a file is one of ours: it has the marker, and the arrays W, b and run.</summary>
    public static bool Applies(IReadOnlyList<TensorEntry> entries)
    {
        TensorEntry? marker = entries.FirstOrDefault(e => e.Key == Marker);
        if (marker is not { Type: ElementType.Int64, Shape.Length: 0 } || !s_required.All(k => entries.Any(e => e.Key == k))) return false;
        using var value = new SliceCache(marker, 1, 1);
        return value.Get(0)[0] == Version;
    }

    /// <summary>The matrices of a model, encoder first.</summary>
    public static IReadOnlyList<TensorEntry> Matrices(IReadOnlyList<TensorEntry> entries) => [.. entries.Where(e => e.Key is "W" or "decoder")];

    /// <summary>Fills in what the format knows and the user did not say.</summary>
    public static SweepFileOptions Complete(SweepFileOptions options) => options with
    {
        Weights = options.Weights ?? "W",
        Bias = options.Bias ?? "b",
        Layout = options.Layout == WeightLayout.Auto ? WeightLayout.HiddenFirst : options.Layout,
    };

    /// <summary>Whether an array is something else than a parameter that was swept, or has a name that only labels may have.</summary>
    public static bool IsBookkeeping(string key) => s_bookkeeping.Contains(key, StringComparer.Ordinal) || ResultsSchema.IsReserved(key);

    /// <summary>The step at which each run diverged, −1 for none; null in a file of checkpoints, which are of runs that had not yet.</summary>
    public static SliceCache? FailedAt(IReadOnlyList<TensorEntry> entries, int instances) =>
        entries.FirstOrDefault(e => e.Key == "failed_at" && e.Shape is [var length] && length == instances && e.Type == ElementType.Int64) is { } entry ? new SliceCache(entry, instances, 1) : null;
}
