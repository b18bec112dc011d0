using Geometry.Configurations;

namespace Geometry.Storage.Sweeps;

/// <summary>Which of the two weight axes runs over features.</summary>
public enum WeightLayout
{
    /// <summary>Told by the bias, else the smaller axis is the hidden one.</summary>
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

    /// <summary>Key of the weight array; null: the only 2-D or 3-D float array.</summary>
    public string? Weights { get; init; }

    /// <summary>Key of the bias array; null: a 1-D or 2-D float array of matching n.</summary>
    public string? Bias { get; init; }
}

/// <summary>One weight file, opened: some instances of one model shape with their parameters, read one instance at a time.</summary>
public sealed class SweepFile : IDisposable
{
    /// <summary>Opens a weight file; reads headers, not weights.</summary>
    /// <exception cref="InputException">The file cannot be used; the message says why in one line.</exception>
    public static SweepFile Open(string path, SweepFileOptions options) => throw new NotImplementedException();

    /// <summary>Number of instances, ≥ 0.</summary>
    public int Instances => throw new NotImplementedException();

    /// <summary>m.</summary>
    public int Hidden => throw new NotImplementedException();

    /// <summary>n.</summary>
    public int Features => throw new NotImplementedException();

    /// <summary>Names of the parameters the file holds: sparsity, importance, loss, seed, step (density is given as sparsity).</summary>
    public IReadOnlyList<string> ParameterNames => throw new NotImplementedException();

    /// <summary>Reads one instance's weights.</summary>
    /// <exception cref="InputException">The instance has NaN or infinite weights, or its bytes cannot be read.</exception>
    public FeatureConfiguration ReadConfiguration(int instance) => throw new NotImplementedException();

    /// <summary>Reads one instance's bias, length n; null when the file has none.</summary>
    public double[]? ReadBias(int instance) => throw new NotImplementedException();

    /// <summary>A parameter's value for one instance; null when the file does not hold it.</summary>
    public double? Parameter(string name, int instance) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
