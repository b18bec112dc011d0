using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Labels;

/// <summary>The learned columns of W, normalised, with their Gram matrix.</summary>
internal sealed class LearnedColumns
{
    private LearnedColumns(int m, int[] features, double[] unit, double[] gram)
    {
        Hidden = m;
        Features = features;
        Unit = unit;
        Gram = gram;
    }

    /// <summary>m.</summary>
    public int Hidden { get; }

    /// <summary>Number of learned columns.</summary>
    public int Count => Features.Length;

    /// <summary>Their indices in W, ascending.</summary>
    public int[] Features { get; }

    /// <summary>x_i = w_i/‖w_i‖, feature-major Count×m.</summary>
    public double[] Unit { get; }

    /// <summary>G = XᵀX, Count×Count.</summary>
    public double[] Gram { get; }

    /// <summary>x_i, length m.</summary>
    public ReadOnlySpan<double> Column(int i) => Unit.AsSpan(i * Hidden, Hidden);

    /// <summary>Normalises the columns of W that are listed; none of them is zero.</summary>
    public static LearnedColumns Of(FeatureConfiguration w, int[] features)
    {
        int m = w.Hidden, n = features.Length;
        double[] unit = new double[n * m], gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            Span<double> x = unit.AsSpan(i * m, m);
            ReadOnlySpan<double> column = w.Column(features[i]);
            // Scaling by the largest entry first keeps the squares inside the double range.
            TensorPrimitives.Divide(column, Math.Abs(TensorPrimitives.MaxMagnitude(column)), x);
            TensorPrimitives.Divide(x, Vectors.Norm(x), x);
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++) gram[i * n + j] = gram[j * n + i] = Vectors.Dot(unit.AsSpan(i * m, m), unit.AsSpan(j * m, m));
        }
        return new LearnedColumns(m, features, unit, gram);
    }
}
