using System.Globalization;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Weight files that <c>train</c> wrote, where the name of every array says what it is.</summary>
internal static class TrainedFormat
{
    /// <summary>An integer without axes; its value is <see cref="Version"/>.</summary>
    public const string Marker = "sweep";

    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private const string Encoder = "W",
        First = "W1",
        Head = "head";
    private static readonly string[] s_bookkeeping = [Marker, Encoder, "decoder", "b", "run", "failed_at"];

    /// <summary>Whether a file has this format: it has the marker, and the arrays W, b and run, or W1 and run of a deep model.</summary>
    public static bool Applies(IReadOnlyList<TensorEntry> entries)
    {
        TensorEntry? marker = entries.FirstOrDefault(e => e.Key == Marker);
        if (marker is not { Type: ElementType.Int64, Shape.Length: 0 } || !entries.Any(e => e.Key == "run"))
            return false;
        if (!IsDeep(entries) && !(entries.Any(e => e.Key == Encoder) && entries.Any(e => e.Key == "b")))
            return false;
        using var value = new SliceCache(marker, 1, 1);
        return value.Get(0)[0] == Version;
    }

    /// <summary>Whether the models have layers: W1, W2 … in place of W.</summary>
    public static bool IsDeep(IReadOnlyList<TensorEntry> entries) => entries.Any(e => e.Key == First);

    /// <summary>The matrices of a model, in the order from inputs to outputs; a head is none of them.</summary>
    public static IReadOnlyList<TensorEntry> Matrices(IReadOnlyList<TensorEntry> entries) =>
        [.. entries.Where(e => IsDeep(entries) ? Number(e.Key) > 0 : e.Key is Encoder or "decoder")];

    /// <summary>
    /// The head that reads the hidden space of some weights: any head of a component, only the last of a deep model; null for none.
    /// </summary>
    public static string? HeadOf(IReadOnlyList<TensorEntry> entries, string weights) =>
        weights != Head && entries.Any(e => e.Key == Head) && (!IsDeep(entries) || Matrices(entries)[^1].Key == weights) ? Head : null;

    /// <summary>Completes the options by what the format fixes and the user did not say.</summary>
    /// <remarks>
    /// Layers are stored with outputs first. A layer that does not widen is a configuration of its inputs in the space of its outputs. A
    /// layer that widens is a configuration of its outputs in the space of its inputs; so is the last layer, which reads the features out.
    /// Only the bias of the last layer belongs to features. The classes of a head are the features of its matrix.
    /// </remarks>
    public static SweepFileOptions Complete(SweepFileOptions options, IReadOnlyList<TensorEntry> entries)
    {
        WeightLayout layout = WeightLayout.HiddenFirst;
        string weights = options.Weights ?? (IsDeep(entries) ? First : Encoder),
            bias = "b";
        if (weights == Head)
            (layout, bias) = (WeightLayout.FeaturesFirst, "head_b");
        if (
            IsDeep(entries)
            && Number(weights) is > 0 and int number
            && entries.FirstOrDefault(e => e.Key == weights) is { Shape: [_, var outputs, var inputs] }
        )
        {
            bool last = !entries.Any(e => e.Key == FormattableString.Invariant($"W{number + 1}")),
                reads = last ? outputs >= inputs : outputs > inputs;
            layout = reads ? WeightLayout.FeaturesFirst : WeightLayout.HiddenFirst;
            bias =
                reads && entries.Any(e => e.Key == FormattableString.Invariant($"b{number}"))
                    ? FormattableString.Invariant($"b{number}")
                    : "";
        }
        return options with
        {
            Weights = weights,
            Bias = options.Bias ?? bias,
            Layout = options.Layout == WeightLayout.Auto ? layout : options.Layout,
        };
    }

    /// <summary>Whether an array is no swept parameter, or has a name that only labels may have.</summary>
    public static bool IsBookkeeping(string key) =>
        s_bookkeeping.Contains(key, StringComparer.Ordinal)
        || key is Head or "head_b"
        || Number(key) > 0
        || Number(key, "b") > 0
        || RunColumns.IsReserved(key);

    /// <summary>k of <c>Wk</c>; 0 for any other key.</summary>
    private static int Number(string key, string letter = "W") =>
        key.StartsWith(letter, StringComparison.Ordinal)
        && int.TryParse(key.AsSpan(letter.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;

    /// <summary>The step at which each run diverged, −1 for none; null in a file of checkpoints, whose runs had not diverged yet.</summary>
    public static SliceCache? FailedAt(IReadOnlyList<TensorEntry> entries, int instances) =>
        entries.FirstOrDefault(e => e.Key == "failed_at" && e.Shape is [var length] && length == instances && e.Type == ElementType.Int64)
            is { } entry
            ? new SliceCache(entry, instances, 1)
            : null;
}
