using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>
/// The exact loss of a tied ReLU model in the sparse limit, and the norm of its gradient, which vanishes at the minima of
/// <see cref="GroundStates"/>.
/// </summary>
/// <param name="Loss">Σ_i I_i·H_i/(3n), the mean over inputs with one active feature.</param>
/// <param name="GradientNorm">Euclidean norm of its gradient with respect to all weights and biases.</param>
public readonly record struct ExactLoss(double Loss, double GradientNorm)
{
    /// <summary>The loss at a point.</summary>
    /// <param name="weights">W, m×n.</param>
    /// <param name="bias">b, length n.</param>
    /// <param name="importance">I_i, length n.</param>
    /// <param name="withBias">Whether the biases are parameters and enter the gradient.</param>
    public static ExactLoss At(
        FeatureConfiguration weights,
        IReadOnlyList<double> bias,
        IReadOnlyList<double> importance,
        bool withBias = true
    )
    {
        ArgumentNullException.ThrowIfNull(weights);
        var loss = new SparseLimitLoss(weights.Hidden, weights.Features, importance);
        double[] gradient = new double[loss.Length];
        double energy = loss.Evaluate([.. weights.Columns, .. bias], gradient);
        return new ExactLoss(
            energy / weights.Features,
            Vectors.Norm(gradient.AsSpan(0, withBias ? gradient.Length : weights.Columns.Length)) / weights.Features
        );
    }
}
