using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>The decoder of an untied model, which a file may have beside the encoder that was named.</summary>
/// <remarks>
/// In a file that <c>train</c> wrote it is the array <c>decoder</c>. Elsewhere it is the only other float array with as many instances and
/// the two axes of the encoder in either order. In a square model the two orders cannot be told apart, and no decoder is found.
/// </remarks>
internal sealed class DecoderArray : IDisposable
{
    private readonly TensorEntry _entry;
    private readonly SliceCache _slices;
    private readonly int _features,
        _hidden;
    private readonly bool _featuresFirst;

    private DecoderArray(TensorEntry entry, int instances, int features, int hidden, bool featuresFirst)
    {
        (_entry, _features, _hidden, _featuresFirst) = (entry, features, hidden, featuresFirst);
        _slices = new SliceCache(entry, instances, features * hidden);
    }

    /// <summary>The decoder beside these weights; null for none.</summary>
    public static DecoderArray? Find(IReadOnlyList<TensorEntry> entries, WeightArray weights, int features, int hidden, bool trained)
    {
        if (!trained && features == hidden)
            return null;
        TensorEntry[] others = [.. entries.Where(e => IsLikely(e, weights, features, hidden) && (!trained || e.Key == "decoder"))];
        if (others is not [var found])
            return null;
        TensorEntry cube = found.Shape.Length == 3 ? found : found with { Shape = [1, .. found.Shape], Strides = [0, .. found.Strides] };
        return new DecoderArray(cube, weights.Instances, features, hidden, !trained && cube.Shape[1] == features);
    }

    /// <summary>One instance, m×n.</summary>
    /// <exception cref="InputException">Its bytes cannot be read, or a weight is NaN or infinite.</exception>
    public FeatureConfiguration Read(int instance)
    {
        ReadOnlySpan<double> matrix = _slices.Get(instance);
        double[] columns = new double[matrix.Length];
        for (int i = 0; i < _features; i++)
        {
            for (int k = 0; k < _hidden; k++)
            {
                double value = matrix[_featuresFirst ? (i * _hidden) + k : (k * _features) + i];
                if (!double.IsFinite(value))
                    throw new InputException(
                        $"the decoder {_entry.Key} has a weight of feature {i} that is "
                            + $"{(double.IsNaN(value) ? "NaN" : "infinite")}; expected finite numbers"
                    );
                columns[(i * _hidden) + k] = value;
            }
        }
        return new FeatureConfiguration(_hidden, _features, columns);
    }

    /// <inheritdoc/>
    public void Dispose() => _slices.Dispose();

    private static bool IsLikely(TensorEntry entry, WeightArray weights, int features, int hidden)
    {
        if (
            !entry.Type.IsFloat()
            || entry.Plain
            || entry.Key == weights.Entry.Key
            || ArrayNames.IsParameter(entry.Key)
            || ArrayNames.IsBias(entry.Key)
        )
            return false;
        long[] shape = entry.Shape;
        long instances = shape.Length == 3 ? shape[0] : 1;
        // A view that repeats its storage, or is larger than the file, cannot be a decoder.
        if (shape.Length is not (2 or 3) || instances != weights.Instances || entry.Count > entry.Bytes / entry.Type.Size())
            return false;
        return (shape[^2] == features && shape[^1] == hidden) || (shape[^2] == hidden && shape[^1] == features);
    }
}
