using System.Globalization;
using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps.Runs;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>An open weight file: instances of one model shape with their parameters, read one at a time.</summary>
/// <remarks>
/// <para>Formats are recognised by content, whatever the extension: npy, npz, safetensors, the zip archives of torch.save, HDF5, and a
/// single matrix as Parquet or text. Nested tensors of torch.save have dotted paths as keys, such as <c>state.W</c>. An array without a
/// name is called <c>array</c> (npy) or <c>tensor</c> (torch). Pickles are never executed: a torch archive may refer only to a fixed table
/// of names.</para>
/// <para>Weights are (I, n, m), (I, m, n), (n, m) or (m, n) of float16, bfloat16, float32 or float64; further leading axes are a grid of
/// runs (<see cref="GridAxes"/>), and a file may have one set of arrays per run (<see cref="RunStacking"/>). The layout is the one that was
/// asked for, or else follows from the bias, or else the smaller axis is hidden. A file with zero instances is empty, not wrong; m ≥ n and
/// n = 1 are allowed.</para>
/// <para>In a file that <c>train</c> wrote (see <see cref="Training.TrainedFileWriter"/>) all of this is known: <c>W</c>, hidden-first,
/// <c>b</c>, and every swept parameter.</para>
/// <para>Memory does not grow with the number of instances, except for deflated Fortran-ordered sweeps, which are unpacked. Instances are
/// cheap in ascending order; going back in a deflated file unpacks it again from its start.</para>
/// <para>Not thread-safe: read from one thread. The configurations returned do not depend on the file and may be used anywhere.</para>
/// </remarks>
public sealed class SweepFile : IDisposable
{
    /// <summary>Largest number of weights of an instance.</summary>
    public const long LargestMatrix = 1L << 26;

    /// <summary>Bound of |w|: fourth powers of smaller weights are finite, and so are those of the norms of a million of them.</summary>
    private const double LargestWeight = 1e60;

    private readonly TensorFile _file;
    private readonly WeightArray _weights;
    private readonly BiasArray _bias;
    private readonly SliceCache? _matrices;
    private readonly TensorReader? _largeColumns;
    private readonly SliceCache? _biases;
    private readonly List<ParameterArray> _parameters;
    private readonly SliceCache? _failedAt;
    private readonly DecoderArray? _decoder;

    private SweepFile(string path, TensorFile file, SweepFileOptions options)
    {
        _file = file;
        IReadOnlyList<TensorEntry> entries = file.Entries;
        bool trained = TrainedFormat.Applies(entries);
        if (trained)
            options = TrainedFormat.Complete(options, entries);
        else
            entries = OfRuns(file, options);
        _weights = WeightArray.Choose(entries, options.Weights ?? (options.IsDictionary && !trained ? DictionaryNames.Of(entries) : null));
        if (options.IsDictionary)
            options = OfDictionary(path, options);
        if (_weights.Stored.Shape.Length > 3)
            entries = GridAxes.Expand(entries, _weights.Stored);
        _bias = BiasArray.Choose(entries, _weights, options);
        (Features, Hidden) = _bias.FeaturesFirst ? (_weights.Rows, _weights.Columns) : (_weights.Columns, _weights.Rows);
        if (Features * Hidden > SliceCache.BlockValues)
        {
            _largeColumns = new TensorReader(ColumnByColumn(_weights.Entry, _bias.FeaturesFirst));
            _largeColumns.Verify();
        }
        else
        {
            _matrices = new SliceCache(_weights.Entry, Instances, Features * Hidden);
            _matrices.Verify();
        }
        if (_bias.Entry is { } bias)
        {
            _biases = new SliceCache(bias, (int)bias.Shape[0], Features);
            _biases.Verify();
        }
        _parameters = ParameterArray.Choose(entries, Instances, Features, trained);
        if (trained)
            _failedAt = TrainedFormat.FailedAt(entries, Instances);
        HeadKey = trained ? TrainedFormat.HeadOf(entries, WeightsKey) : null;
        _decoder = DecoderArray.Find(entries, _weights, Features, Hidden, trained);
        ParameterNames = [.. _parameters.Select(p => p.Name)];
    }

    /// <summary>
    /// The options with a layout, where none is asked for: from the sizes in a cfg.json beside the file, or else from the array's name.
    /// </summary>
    private SweepFileOptions OfDictionary(string path, SweepFileOptions options)
    {
        AutoencoderConfig? config = AutoencoderConfig.Beside(path);
        Origin = config?.Origin;
        if (options.Layout != WeightLayout.Auto)
            return options;
        WeightLayout named = DictionaryNames.Layout(_weights.Entry.Key),
            told = config?.Layout(_weights.Rows, _weights.Columns) ?? WeightLayout.Auto;
        if (config is { Failure: { } failure } && named == WeightLayout.Auto)
            throw new InputException($"{config.Path}, beside it, {failure}; mend or remove it, or give --layout");
        return options with { Layout = told != WeightLayout.Auto ? told : named };
    }

    /// <summary>
    /// The arrays, without those of an optimizer, and with runs that are stored one by one stacked. Where the options name an array by its
    /// whole key, all arrays stay as they are.
    /// </summary>
    private static IReadOnlyList<TensorEntry> OfRuns(TensorFile file, SweepFileOptions options)
    {
        if (file.Entries.Any(e => e.Key == options.Weights))
            return file.Entries;
        IReadOnlyList<TensorEntry> entries = OptimizerState.Without(file.Entries);
        return RunStacking.Stack(entries, WeightArray.Candidates(entries), file.Length);
    }

    /// <summary>The arrays of a file that are weights.</summary>
    internal static List<TensorEntry> Matrices(TensorFile file) => WeightArray.All(OfRuns(file, new SweepFileOptions()));

    /// <summary>
    /// Opens a weight file. Reads headers, not weights, except that the members of an npz are checked against their checksums.
    /// </summary>
    /// <param name="path">A regular file.</param>
    /// <param name="options">Which arrays to read, and their layout.</param>
    /// <exception cref="InputException">The file cannot be used; the message says why in one line.</exception>
    public static SweepFile Open(string path, SweepFileOptions options)
    {
        TensorFile file = TensorFile.Open(path);
        try
        {
            return new SweepFile(path, file, options);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Number of instances, ≥ 0.</summary>
    public int Instances => _weights.Instances;

    /// <summary>m.</summary>
    public int Hidden { get; }

    /// <summary>n.</summary>
    public int Features { get; }

    /// <summary>The layout that was asked for or found, never <see cref="WeightLayout.Auto"/>.</summary>
    public WeightLayout Layout => _bias.FeaturesFirst ? WeightLayout.FeaturesFirst : WeightLayout.HiddenFirst;

    /// <summary>Key of the array that holds the weights.</summary>
    public string WeightsKey => _weights.Entry.Key;

    /// <summary>Bits of a weight as it is stored: 16, 32 or 64.</summary>
    public int WeightBits => 8 * _weights.Entry.Type.Size();

    /// <summary>Key of the array that holds the bias; null when there is none, or several equally likely ones and none was named.</summary>
    public string? BiasKey => _bias.Entry?.Key;

    /// <summary>Model and hook of a dictionary's inputs, from a cfg.json beside the file; null where that does not say.</summary>
    public string? Origin { get; private set; }

    /// <summary>Key of a softmax head on the hidden space of these weights, in a file that <c>train</c> wrote; null for none.</summary>
    public string? HeadKey { get; }

    /// <summary>
    /// Names of the file's parameters: sparsity, importance, loss, seed, step (a density is given as sparsity), then other swept ones.
    /// </summary>
    public IReadOnlyList<string> ParameterNames { get; }

    /// <summary>Describes what was found: <c>50 runs, W (50, 5, 2) features-first, bias b, columns sparsity, seed</c>.</summary>
    public string Describe()
    {
        string layout = _bias.FeaturesFirst ? "features-first" : "hidden-first";
        string bias = BiasKey is { } key ? $"bias {key.Quote()}" : "no bias";
        string columns = ParameterNames.Count > 0 ? $", columns {string.Join(", ", ParameterNames)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Instances} run{(Instances == 1 ? "" : "s")} of n = {Features}, m = {Hidden}; weights {_weights.Text} {layout}, "
                + $"{bias}{columns}"
        );
    }

    /// <summary>Reads one instance's weights: float64 columns, feature-major; O(m·n) and one allocation of that size.</summary>
    /// <param name="instance">0 … Instances − 1.</param>
    /// <exception cref="InputException">The instance has NaN or infinite weights, or its bytes cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instance.</exception>
    public FeatureConfiguration ReadConfiguration(int instance)
    {
        CheckInstance(instance);
        var columns = new double[Features * Hidden];
        if (_largeColumns is not null)
            _largeColumns.Read(instance, 1, columns);
        else if (_bias.FeaturesFirst || Hidden == 1)
            _matrices!.Get(instance).CopyTo(columns);
        else
            Transpose(_matrices!.Get(instance), columns);
        int bad = FirstUnusable(columns);
        if (bad >= 0 && _failedAt?.Get(instance)[0] is >= 0 and double step)
            throw new InputException(FormattableString.Invariant($"training diverged at step {step}"));
        if (bad >= 0)
            throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the weight of feature {bad / Hidden} in hidden dimension {bad % Hidden} is {Name(columns[bad])}; expected "
                        + $"finite numbers below {LargestWeight:0e0}"
                )
            );
        return new FeatureConfiguration(Hidden, Features, columns);
    }

    /// <summary>Reads one instance's bias, length n, as it is stored (it may have NaN); null when the file has none.</summary>
    /// <param name="instance">0 … Instances − 1.</param>
    /// <exception cref="InputException">Its bytes cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instance.</exception>
    public double[]? ReadBias(int instance)
    {
        CheckInstance(instance);
        return _biases?.Get(_bias.Entry!.Shape[0] == 1 ? 0 : instance).ToArray();
    }

    /// <summary>
    /// Reads one instance's decoder of an untied model, m×n: column i reads feature i out. Null when the file has none, or when it is not
    /// clear which array it is.
    /// </summary>
    /// <param name="instance">0 … Instances − 1.</param>
    /// <exception cref="InputException">Its bytes cannot be read, or a weight is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instance.</exception>
    public FeatureConfiguration? ReadDecoder(int instance)
    {
        CheckInstance(instance);
        return _decoder?.Read(instance);
    }

    /// <summary>A parameter's value for one instance as it is stored (it may be NaN); null when the file does not have it.</summary>
    /// <remarks>Short floats are given as the double with the same shortest decimal: 0.3, not 0.30000001192092896.</remarks>
    /// <param name="name">One of <see cref="ParameterNames"/>.</param>
    /// <param name="instance">0 … Instances − 1.</param>
    /// <exception cref="InputException">Its bytes cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instance.</exception>
    public double? Parameter(string name, int instance)
    {
        CheckInstance(instance);
        foreach (ParameterArray parameter in _parameters)
        {
            if (parameter.Name == name)
                return parameter.Get(instance);
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matrices?.Dispose();
        _largeColumns?.Dispose();
        _biases?.Dispose();
        foreach (ParameterArray parameter in _parameters)
            parameter.Dispose();
        _failedAt?.Dispose();
        _decoder?.Dispose();
        _file.Dispose();
    }

    private void CheckInstance(int instance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instance);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(instance, Instances);
    }

    private static int FirstUnusable(ReadOnlySpan<double> values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            // Negated, so that NaN is refused too.
            if (!(Math.Abs(values[k]) < LargestWeight))
                return k;
        }
        return -1;
    }

    private static string Name(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? "infinite"
        : value.ToString("0.###e0", CultureInfo.InvariantCulture);

    /// <summary>A view of the weights with the feature axis first, so that a large matrix needs no transposed copy.</summary>
    private static TensorEntry ColumnByColumn(TensorEntry entry, bool featuresFirst) =>
        featuresFirst
            ? entry
            : entry with
            {
                Shape = [entry.Shape[0], entry.Shape[2], entry.Shape[1]],
                Strides = [entry.Strides[0], entry.Strides[2], entry.Strides[1]],
            };

    /// <summary>m×n row-major → feature-major columns.</summary>
    private void Transpose(ReadOnlySpan<double> matrix, Span<double> columns)
    {
        for (int j = 0; j < Hidden; j++)
        {
            ReadOnlySpan<double> row = matrix.Slice(j * Features, Features);
            for (int i = 0; i < row.Length; i++)
                columns[(i * Hidden) + j] = row[i];
        }
    }
}
