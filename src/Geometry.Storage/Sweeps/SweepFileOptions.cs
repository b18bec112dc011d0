namespace Geometry.Storage.Sweeps;

/// <summary>Which of the two weight axes runs over features.</summary>
public enum WeightLayout
{
    /// <summary>Decided by the bias, or else the smaller axis is the hidden one.</summary>
    Auto,

    /// <summary>(instances,) features, hidden.</summary>
    FeaturesFirst,

    /// <summary>(instances,) hidden, features.</summary>
    HiddenFirst,
}

/// <summary>How to read a weight file.</summary>
public sealed record SweepFileOptions
{
    /// <summary>The order of the two weight axes.</summary>
    public WeightLayout Layout { get; init; } = WeightLayout.Auto;

    /// <summary>Key of the weight array; null for the only 2-D or 3-D float array.</summary>
    public string? Weights { get; init; }

    /// <summary>Key of the bias array; null for a 1-D or 2-D float array of matching length; an empty text for none.</summary>
    public string? Bias { get; init; }

    /// <summary>
    /// Whether the file is a dictionary. The usual names of dictionaries then decide the weights and their layout, unless these are given.
    /// </summary>
    public bool IsDictionary { get; init; }
}
