namespace Geometry.Storage.Sweeps;

/// <summary>One input of a labelling run: a file to open, or a failure to report in its place.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Source">Its name in results: the path as given, or relative to the folder given, with forward slashes.</param>
public sealed record InputFile(string Path, string Source)
{
    /// <summary>Key of the array to read; null for what the options say.</summary>
    public string? Weights { get; init; }

    /// <summary>Order of the array's axes; null for what the options say.</summary>
    public WeightLayout? Layout { get; init; }

    /// <summary>Why there is nothing to open, in one line; null when there is.</summary>
    public string? Failure { get; init; }

    /// <summary>The options with what is known of this input.</summary>
    public SweepFileOptions Complete(SweepFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Weights = Weights ?? options.Weights, Layout = Layout ?? options.Layout };
    }
}
