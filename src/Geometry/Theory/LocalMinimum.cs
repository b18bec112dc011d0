using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>A local minimum of the sparse-limit loss.</summary>
/// <param name="Weights">W, d×k.</param>
/// <param name="Bias">b, length k.</param>
/// <param name="Energy">Σ_i I_i·H_i/3 there.</param>
/// <param name="GradientNorm">Largest magnitude of the energy's gradient there: how far the descent came.</param>
/// <remarks>
/// A feature is live when it is learned, ‖w_i‖ at least half the largest norm (<see cref="Labels.LabelOptions.MinNorm"/>), and its own
/// input reaches its output, ‖w_i‖² + b_i &gt; 0. Others have a small w_i, often 0, and the bias that pays most (1/(2k) where all
/// importances are equal and w_i = 0); or an output that no input reaches, whose bias is then free and told as −1. If its input reaches no
/// output either, its weights are free within limits too and told as 0.
/// </remarks>
public sealed record LocalMinimum(FeatureConfiguration Weights, IReadOnlyList<double> Bias, double Energy, double GradientNorm)
{
    private const double LearnedShare = 0.5;

    /// <summary>The live features, ascending.</summary>
    public IReadOnlyList<int> Live { get; } = LiveOf(Weights, Bias);

    private static int[] LiveOf(FeatureConfiguration weights, IReadOnlyList<double> bias)
    {
        double[] squares = [.. Enumerable.Range(0, weights.Features).Select(i => Vectors.Dot(weights.Column(i), weights.Column(i)))];
        double least = LearnedShare * LearnedShare * squares.Max();
        return [.. Enumerable.Range(0, weights.Features).Where(i => squares[i] > 0 && squares[i] >= least && squares[i] + bias[i] > 0)];
    }
}
