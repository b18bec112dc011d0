namespace Geometry.Training.Specs;

/// <summary>Given parameters from which every run of a sweep starts.</summary>
/// <param name="Weights">m rows of n numbers.</param>
/// <param name="Bias">Length n; null for zeros.</param>
/// <param name="Noise">Standard deviation of the noise on every weight and bias; may be an axis.</param>
public sealed record StartRule(IReadOnlyList<IReadOnlyList<double>> Weights, IReadOnlyList<double>? Bias, Axis Noise)
{
    /// <summary>The start for one value of the noise.</summary>
    /// <param name="noise">One value of the axis.</param>
    public TrainingStart At(double noise) => new([.. Weights.SelectMany(row => row)], Bias, noise);

    /// <summary>The rule as YAML.</summary>
    public string ToYaml() =>
        $"{{ weights: [{string.Join(", ", Weights.Select(Numbers))}], {(Bias is null ? "" : $"bias: {Numbers(Bias)}, ")}noise: "
        + $"{Noise.ToYaml()} }}";

    private static string Numbers(IReadOnlyList<double> values) => $"[{string.Join(", ", values.Select(Axis.Number))}]";
}
