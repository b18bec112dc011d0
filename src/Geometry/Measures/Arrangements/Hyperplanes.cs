using Geometry.LinearAlgebra;

namespace Geometry.Measures.Arrangements;

/// <summary>Affine hyperplanes x·h + c = 0 in R^m with unit normals x, and the error of their coordinates.</summary>
/// <param name="Dimension">m ≥ 0.</param>
/// <param name="Normals">Unit vectors, one after another, each of length m.</param>
/// <param name="Offsets">c, in units in which the largest is about 1; all zero for a central arrangement.</param>
/// <param name="Tolerance">Bound of the error of a normal and of an offset; hyperplanes that differ by less coincide.</param>
internal sealed record Hyperplanes(int Dimension, double[] Normals, double[] Offsets, double Tolerance)
{
    /// <summary>Number of hyperplanes.</summary>
    public int Count => Offsets.Length;

    /// <summary>The hyperplanes w_i·h + b_i = 0 of the columns that are not zero.</summary>
    /// <param name="columns">w_i, one after another, each of length <paramref name="dimension"/>, finite.</param>
    /// <param name="bias">b_i; null for zeros.</param>
    /// <param name="dimension">m.</param>
    /// <param name="tolerance">Relative error of the coordinates, &gt; 0.</param>
    /// <param name="unit">The distance from the origin that is the unit of the offsets; 0 for the largest distance of these
    /// hyperplanes.</param>
    public static Hyperplanes Of(
        ReadOnlySpan<double> columns,
        IReadOnlyList<double>? bias,
        int dimension,
        double tolerance,
        double unit = 0
    )
    {
        int n = columns.Length / dimension,
            kept = 0;
        double[] normals = columns.ToArray(),
            offsets = new double[n];
        double largest = 0;
        for (int i = 0; i < n; i++)
            largest = Math.Max(largest, Vectors.Norm(columns.Slice(i * dimension, dimension)));
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> column = columns.Slice(i * dimension, dimension);
            double norm = Vectors.Norm(column);
            if (norm <= tolerance * largest)
                continue;
            Span<double> normal = normals.AsSpan(kept * dimension, dimension);
            column.CopyTo(normal);
            Vectors.Scale(1 / norm, normal);
            offsets[kept++] = bias is null ? 0 : bias[i] / norm;
        }
        offsets = offsets[..kept];
        // The unit of length is free; it is chosen for a typical distance of about 1.
        double scale =
            unit > 0 ? unit
            : offsets.Length == 0 ? 0
            : offsets.Max(Math.Abs);
        if (scale > 0)
            Vectors.Scale(1 / scale, offsets);
        return new Hyperplanes(dimension, normals[..(kept * dimension)], offsets, tolerance);
    }

    /// <summary>Some of the hyperplanes, in coordinates of a subspace in which their normals lie.</summary>
    /// <param name="members">Indices of the hyperplanes.</param>
    /// <param name="basis">Orthonormal vectors of length m, one after another.</param>
    /// <param name="rank">The number of these vectors.</param>
    public Hyperplanes Within(IReadOnlyList<int> members, ReadOnlySpan<double> basis, int rank)
    {
        double[] normals = new double[members.Count * rank],
            offsets = new double[members.Count];
        for (int i = 0; i < members.Count; i++)
        {
            Span<double> normal = normals.AsSpan(i * rank, rank);
            for (int k = 0; k < rank; k++)
                normal[k] = Vectors.Dot(basis.Slice(k * Dimension, Dimension), Normal(members[i]));
            double norm = Vectors.Norm(normal);
            if (norm > 0)
                Vectors.Scale(1 / norm, normal);
            offsets[i] = Offsets[members[i]];
        }
        return new Hyperplanes(rank, normals, offsets, Tolerance);
    }

    /// <summary>A unit normal.</summary>
    public ReadOnlySpan<double> Normal(int i) => Normals.AsSpan(i * Dimension, Dimension);

    /// <summary>The same hyperplanes moved to the origin.</summary>
    public Hyperplanes Central() => this with { Offsets = new double[Count] };
}
