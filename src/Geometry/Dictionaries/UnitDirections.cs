using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Dictionaries;

/// <summary>The directions of a dictionary in single precision: n unit vectors of R^m, with the features that they belong to.</summary>
/// <remarks>
/// <para>Memory layout: feature-major, direction i at <c>[i·m, (i+1)·m)</c>; 4·m·n bytes.</para>
/// <para>
/// Degenerate cases: features of norm zero have no direction and are left out. Single precision moves a direction by about 1e−7 radians,
/// far less than any tolerance of a plane.
/// </para>
/// </remarks>
public sealed class UnitDirections
{
    private readonly float[] _entries;

    private UnitDirections(int dim, float[] entries, int[] features, double[] norms) =>
        (Dim, _entries, Features, Norms) = (dim, entries, features, norms);

    /// <summary>m, the dimension of the space.</summary>
    public int Dim { get; }

    /// <summary>n, the number of directions.</summary>
    public int Count => Features.Length;

    /// <summary>The feature of each direction, ascending.</summary>
    public int[] Features { get; }

    /// <summary>The norm of the column of W of each direction, in the unit of W.</summary>
    public double[] Norms { get; }

    /// <summary>All directions, feature-major.</summary>
    public ReadOnlySpan<float> Entries => _entries;

    /// <summary>All directions, feature-major, as memory for several threads.</summary>
    internal ReadOnlyMemory<float> Memory => _entries;

    /// <summary>Direction i, length m.</summary>
    public ReadOnlySpan<float> this[int i] => _entries.AsSpan(i * Dim, Dim);

    /// <summary>Writes direction i in double precision, length m.</summary>
    internal void CopyTo(int i, Span<double> x)
    {
        ReadOnlySpan<float> direction = this[i];
        for (int d = 0; d < direction.Length; d++)
            x[d] = direction[d];
    }

    /// <summary>The directions of the columns of W.</summary>
    /// <exception cref="ArgumentException">m·n is more than 2³¹ − 1 entries.</exception>
    public static UnitDirections Of(FeatureConfiguration dictionary)
    {
        int m = dictionary.Hidden,
            n = dictionary.Features;
        if ((long)m * n > Array.MaxLength)
            throw new ArgumentException($"expected at most {Array.MaxLength} weights, found {(long)m * n}");
        // Each column is scaled by its largest entry first; otherwise squares may overflow or underflow.
        double[] norms = new double[n],
            scaled = new double[m];
        for (int i = 0; i < n; i++)
        {
            double largest = TensorPrimitives.MaxMagnitude(dictionary.Column(i)) is var x ? Math.Abs(x) : 0;
            if (largest == 0)
                continue;
            TensorPrimitives.Divide(dictionary.Column(i), largest, scaled);
            norms[i] = largest * Vectors.Norm(scaled);
        }
        int[] features = [.. Enumerable.Range(0, n).Where(i => norms[i] > 0)];
        float[] entries = new float[m * features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            ReadOnlySpan<double> column = dictionary.Column(features[i]);
            Span<float> unit = entries.AsSpan(i * m, m);
            for (int d = 0; d < m; d++)
                unit[d] = (float)(column[d] / norms[features[i]]);
        }
        return new UnitDirections(m, entries, features, [.. features.Select(i => norms[i])]);
    }

    /// <summary>The chosen directions, in the given order.</summary>
    public UnitDirections Subset(ReadOnlySpan<int> chosen)
    {
        float[] entries = new float[Dim * chosen.Length];
        int[] features = new int[chosen.Length];
        double[] norms = new double[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            this[chosen[i]].CopyTo(entries.AsSpan(i * Dim));
            (features[i], norms[i]) = (Features[chosen[i]], Norms[chosen[i]]);
        }
        return new UnitDirections(Dim, entries, features, norms);
    }
}
