using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Measures;

/// <summary>A labelled run, as the input of measures: its weights, and the summands of its label.</summary>
public sealed record MeasuredRun
{
    /// <summary>W, m×n; for an untied model the encoder, W₁.</summary>
    public required FeatureConfiguration Weights { get; init; }

    /// <summary>
    /// The decoder of an untied model, W₂ᵀ, m×n, finite: its column i gives output i. Null for a tied model, and where it is unknown.
    /// </summary>
    public FeatureConfiguration? Decoder { get; init; }

    /// <summary>Index of the run in its source, which also selects the stream of random numbers for measures that need them.</summary>
    public int Instance { get; init; }

    /// <summary>b, length n, finite; null for a model without one.</summary>
    public double[]? Bias { get; init; }

    /// <summary>The summands of the label, in its order; every learned feature is in exactly one.</summary>
    public required IReadOnlyList<MeasuredSummand> Summands { get; init; }

    /// <summary>Estimated standard deviation of the noise per coordinate of a unit column; NaN where unknown.</summary>
    public double NoiseScale { get; init; } = double.NaN;

    /// <summary>
    /// p = 1 − S, the probability that a feature, or a whole group, is active, in [0, 1]; NaN where it is unknown, or differs between
    /// features.
    /// </summary>
    public double Density { get; init; } = double.NaN;

    /// <summary>Groups of features that are active together, or never together; null where there are none, or no spec is known.</summary>
    public MeasuredGroups? Groups { get; init; }

    /// <summary>
    /// Relative precision with which the weights are stored: <see cref="SinglePrecision"/> or <see cref="DoublePrecision"/>.
    /// </summary>
    public double Precision { get; init; } = DoublePrecision;

    /// <summary>Relative differences below this are rounding in weights that were trained and stored as float32, or shorter.</summary>
    public const double SinglePrecision = 1e-6;

    /// <summary>Relative differences below this are rounding in weights that were trained and stored as float64.</summary>
    public const double DoublePrecision = 1e-9;

    /// <summary>Indices of the learned features, ascending.</summary>
    public IReadOnlyList<int> Learned => [.. Summands.SelectMany(s => s.Features).Order()];

    /// <summary>Dimension of the span of the learned features: the sum over the summands.</summary>
    public int Rank => Summands.Sum(s => s.Dim);

    /// <summary>
    /// Unit vectors along the columns of the given features, one after another, each of length m. The features must be learned, so that no
    /// column is zero.
    /// </summary>
    public double[] UnitColumns(IReadOnlyList<int> features)
    {
        int m = Weights.Hidden;
        double[] unit = new double[features.Count * m];
        for (int i = 0; i < features.Count; i++)
        {
            Span<double> column = unit.AsSpan(i * m, m);
            Weights.Column(features[i]).CopyTo(column);
            Vectors.Scale(1 / Vectors.Norm(column), column);
        }
        return unit;
    }
}

/// <summary>A summand of a labelled run.</summary>
/// <param name="Dim">dim V_S.</param>
/// <param name="Shape">Its name.</param>
/// <param name="Features">Its features, ascending.</param>
public sealed record MeasuredSummand(int Dim, string Shape, IReadOnlyList<int> Features)
{
    /// <summary>RMS difference of the pairwise angles from those of the shape, degrees; NaN for a summand without a name.</summary>
    public double ResidualDegrees { get; init; } = double.NaN;
}

/// <summary>Groups of features whose activities depend on each other.</summary>
/// <param name="Together">True when all members of a group are active together (correlated); false when exactly one of them is
/// (anticorrelated).</param>
/// <param name="Members">The groups, disjoint, as indices of features; features in no group are independent.</param>
public sealed record MeasuredGroups(bool Together, IReadOnlyList<IReadOnlyList<int>> Members);
