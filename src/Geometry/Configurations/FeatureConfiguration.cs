namespace Geometry.Configurations;

/// <summary>
/// A feature configuration: the matrix W ∈ R^{m×n} whose column w_i is the direction of feature i in the hidden space.
/// </summary>
/// <remarks>
/// Memory layout: feature-major, w_i occupies <c>[i·m, (i+1)·m)</c>, so that one feature is one contiguous span. Degenerate cases: n = 0 or
/// m = 0 is refused; columns of zeros are allowed (features that were not learned).
/// </remarks>
public sealed class FeatureConfiguration
{
    private readonly double[] _columns;

    /// <summary>Wraps the columns of W without copying them.</summary>
    /// <param name="hidden">m, the number of hidden dimensions, ≥ 1.</param>
    /// <param name="features">n, the number of features, ≥ 1.</param>
    /// <param name="columns">The n columns of length m, feature-major; every entry finite.</param>
    /// <exception cref="ArgumentException">A size is not positive, the length is not m·n, or an entry is NaN or infinite.</exception>
    public FeatureConfiguration(int hidden, int features, double[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (hidden < 1 || features < 1)
            throw new ArgumentException($"expected m ≥ 1 and n ≥ 1, found m = {hidden}, n = {features}");
        if (columns.Length != (long)hidden * features)
            throw new ArgumentException(
                $"expected {(long)hidden * features} entries for m = {hidden}, n = {features}, found {columns.Length}",
                nameof(columns)
            );
        for (int i = 0; i < columns.Length; i++)
        {
            if (!double.IsFinite(columns[i]))
                throw new ArgumentException(
                    $"feature {i / hidden} has a weight that is {(double.IsNaN(columns[i]) ? "NaN" : "infinite")}; expected finite numbers",
                    nameof(columns)
                );
        }
        Hidden = hidden;
        Features = features;
        _columns = columns;
    }

    /// <summary>m, the number of hidden dimensions.</summary>
    public int Hidden { get; }

    /// <summary>n, the number of features.</summary>
    public int Features { get; }

    /// <summary>All columns, feature-major, length m·n.</summary>
    public ReadOnlySpan<double> Columns => _columns;

    /// <summary>w_i, the direction of feature i, length m.</summary>
    public ReadOnlySpan<double> Column(int feature) => _columns.AsSpan(feature * Hidden, Hidden);
}
