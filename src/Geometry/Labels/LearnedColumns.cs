using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Labels;

/// <summary>The learned columns of W, normalised, with their Gram matrix.</summary>
internal sealed class LearnedColumns
{
    private LearnedColumns(int m, int[] features, double[] unit)
    {
        Hidden = m;
        Features = features;
        Unit = unit;
        Gram = Vectors.Gram(unit, m, features.Length);
    }

    /// <summary>r, the dimension of the span of all columns of W, learned or not; dimensions that no column uses do not count.</summary>
    public int Hidden { get; }

    /// <summary>Number of learned columns.</summary>
    public int Count => Features.Length;

    /// <summary>Their indices in W, ascending.</summary>
    public int[] Features { get; }

    /// <summary>x_i = w_i/‖w_i‖ in orthonormal coordinates of that span, feature-major Count×r.</summary>
    public double[] Unit { get; }

    /// <summary>G = XᵀX, Count×Count.</summary>
    public double[] Gram { get; }

    /// <summary>x_i, length r.</summary>
    public ReadOnlySpan<double> Column(int i) => Unit.AsSpan(i * Hidden, Hidden);

    /// <summary>Some of these columns, each with another unit vector in its place.</summary>
    /// <param name="indices">Indices of the columns, ascending.</param>
    /// <param name="unit">Their new unit vectors, feature-major.</param>
    public LearnedColumns Select(int[] indices, double[] unit)
    {
        return new LearnedColumns(Hidden, Array.ConvertAll(indices, i => Features[i]), unit);
    }

    /// <summary>Normalises the given columns of W, none of which may be zero. O(nmr + Count²r).</summary>
    public static LearnedColumns Of(FeatureConfiguration w, int[] features)
    {
        double[]? basis = SpanCoordinates.Basis(w, out int r);
        int m = w.Hidden,
            n = features.Length;
        double[] unit = new double[n * r],
            scaled = basis is null ? [] : new double[m];
        for (int i = 0; i < n; i++)
        {
            Span<double> x = unit.AsSpan(i * r, r);
            ReadOnlySpan<double> column = w.Column(features[i]);
            // Scaling by the largest entry first keeps the squares inside the double range.
            TensorPrimitives.Divide(column, Math.Abs(TensorPrimitives.MaxMagnitude(column)), basis is null ? x : scaled);
            for (int k = 0; basis is not null && k < r; k++)
                x[k] = Vectors.Dot(basis.AsSpan(k * m, m), scaled);
            TensorPrimitives.Divide(x, Vectors.Norm(x), x);
        }
        return new LearnedColumns(r, features, unit);
    }
}
