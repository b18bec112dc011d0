namespace Geometry.Training;

/// <summary>Given parameters to start from, with normal noise that differs from run to run.</summary>
/// <param name="Weights">The matrix W, m×n row-major, hidden-first: entry (k, i) is at k·n + i; encoder and decoder of an untied model both
/// start from it.</param>
/// <param name="Bias">b, length n; null for zeros. Ignored by models without a bias.</param>
/// <param name="Noise">Standard deviation of the noise on every weight and bias, ≥ 0.</param>
public sealed record TrainingStart(IReadOnlyList<double> Weights, IReadOnlyList<double>? Bias, double Noise);
