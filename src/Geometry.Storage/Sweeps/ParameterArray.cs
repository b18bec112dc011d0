using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>One parameter of the runs: an array of the file with one value per instance, or one number for all of them.</summary>
internal sealed class ParameterArray : IDisposable
{
    private readonly ElementType _type;
    private readonly SliceCache _values;
    private readonly bool _single;
    private readonly bool _complement;

    private ParameterArray(string name, TensorEntry entry, bool complement)
    {
        Name = name;
        _type = entry.Type;
        _single = entry.Count == 1;
        _complement = complement;
        _values = new SliceCache(entry, (int)entry.Count, 1);
        _values.Verify();
    }

    /// <summary>sparsity, importance, loss, seed, step, or the name of another parameter that was swept.</summary>
    public string Name { get; }

    /// <summary>
    /// The parameters that a file holds, in the order sparsity, importance, loss, seed, step; then others in the order of the file.
    /// </summary>
    /// <remarks>
    /// The key's last dotted part is the name; of several arrays with one name the least nested is used, and none if two are nested alike.
    /// Shapes are (), (1,), (I,) and (I, 1): arrays of other lengths do not describe runs and are ignored. An importance of n values is per
    /// feature and ignored. When n = I > 1, a 1-D importance counts as per feature too unless all its entries are equal (then both readings
    /// agree); an importance of shape (I, 1) is always per run. A density is given as sparsity = 1 − density unless the file has a sparsity
    /// too. In a file that <c>train</c> wrote, importance is always per run, and every further array with one value per instance is a swept
    /// parameter. In any file, so are the values that keys or axes of a grid give to the runs.
    /// </remarks>
    public static List<ParameterArray> Choose(IReadOnlyList<TensorEntry> entries, int instances, int features, bool trained = false)
    {
        var chosen = new List<ParameterArray>();
        foreach (string name in ArrayNames.Parameters)
        {
            bool density = name == "density";
            if (density && chosen.Exists(p => p.Name == "sparsity"))
                continue;
            TensorEntry? entry = Shallowest([.. entries.Where(e => ArrayNames.Last(e.Key) == name && IsPerRun(e, instances))]);
            if (entry is null)
                continue;
            var parameter = new ParameterArray(density ? "sparsity" : name, Flat(entry), density);
            if (
                name == "importance"
                && !trained
                && !entry.Swept
                && instances > 1
                && entry.Shape is [var length]
                && length == features
                && !parameter.IsConstant(features)
            )
            {
                parameter.Dispose();
                continue;
            }
            chosen.Add(parameter);
        }
        foreach (TensorEntry entry in entries)
        {
            if (
                (trained || entry.Swept)
                && entry.Shape.Length == 1
                && IsPerRun(entry, instances)
                && !ArrayNames.IsParameter(entry.Key)
                && !TrainedFormat.IsBookkeeping(entry.Key)
            )
                chosen.Add(new ParameterArray(entry.Key, Flat(entry), complement: false));
        }
        return chosen;
    }

    /// <summary>The value for one instance; a value stored as a short float becomes its shortest decimal.</summary>
    public double Get(int instance)
    {
        double value = ShortestDecimal.Clean(_values.Get(_single ? 0 : instance)[0], _type);
        return _complement ? ShortestDecimal.Complement(value) : value;
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private bool IsConstant(int count)
    {
        double first = _values.Get(0)[0];
        for (int k = 1; k < count; k++)
        {
            if (_values.Get(k)[0] != first)
                return false;
        }
        return true;
    }

    private static bool IsPerRun(TensorEntry entry, int instances) =>
        entry.Type != ElementType.Unsupported
        && (entry.Count == 1 || (entry.Count == instances && Array.FindAll(entry.Shape, a => a != 1).Length == 1));

    private static TensorEntry? Shallowest(List<TensorEntry> entries)
    {
        if (entries.Count == 0)
            return null;
        int least = entries.Min(Depth);
        List<TensorEntry> shallow = entries.FindAll(e => Depth(e) == least);
        return shallow.Count == 1 ? shallow[0] : null;

        static int Depth(TensorEntry entry) => entry.Key.Count(c => c == '.');
    }

    private static TensorEntry Flat(TensorEntry entry)
    {
        int axis = Array.FindIndex(entry.Shape, a => a != 1);
        return entry with { Shape = [entry.Count], Strides = [axis < 0 ? 0 : entry.Strides[axis]] };
    }
}
