using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>A differential equation for the weights of a tied linear autoencoder, M = WᵀW.</summary>
public enum TiedFlow
{
    /// <summary>Ẇ = W(1−M)Σ, equation (22) of the notes on linear autoencoders. It stops at any W with WWᵀ = 1.</summary>
    Notes,

    /// <summary>Oja's flow Ẇ = WΣ(1−M), which finds the span of the top eigenvectors.</summary>
    Oja,

    /// <summary>The gradient flow of tr Σ(1−M)², at a quarter of its speed: the mean of the other two.</summary>
    Gradient,
}

/// <summary>The path of one flow from one start.</summary>
/// <param name="Flow">The equation.</param>
/// <param name="Times">Times, ascending from 0.</param>
/// <param name="Weights">W at each time, d×D.</param>
/// <param name="Losses">tr Σ(1−M)² at each time.</param>
/// <param name="ProjectorErrors">Chordal distance ‖P − P*‖_F/√2 at each time between the row space of W and the span of the d top
/// eigenvectors, in [0, √d]; NaN where W has lost its rank.</param>
public sealed record TiedFlowPath(
    TiedFlow Flow,
    IReadOnlyList<double> Times,
    IReadOnlyList<Matrix<double>> Weights,
    IReadOnlyList<double> Losses,
    IReadOnlyList<double> ProjectorErrors
);

/// <summary>The three flows of tied linear autoencoders: their integration and their closed forms.</summary>
/// <remarks>
/// <para>
/// Oja's flow has M(t) = e^{Σt}W₀ᵀ[1 + W₀(e^{2Σt}−1)W₀ᵀ]⁻¹W₀e^{Σt}. With Σ = λ·1 all three are equal, M(t) = M₀[M₀ + e^{−2λt}(1−M₀)]⁻¹, and
/// descend E = (λ/4)‖1−M‖²_F. A mode that starts aligned with an eigenvector at strength a₀ follows a(t) = a₀/(a₀ + (1−a₀)e^{−2λt}) and
/// reaches a at the time ln[a(1−a₀)/(a₀(1−a))]/(2λ): there is one stage per eigenvalue (Saxe, McClelland, Ganguli 2013, arXiv 1312.6120).
/// Sources: notes on linear and sparse autoencoders; Oja 1982, doi:10.1007/BF00275687; checked numerically.
/// </para>
/// <para>
/// Integrated by MathNet's Runge–Kutta of fourth order with steps of at most 1/(50 λ₁): errors below 1e-7 while M stays of order 1.
/// O(steps·d·D²).
/// </para>
/// </remarks>
public static class TiedFlows
{
    /// <summary>Number of times in the result, including 0 and the end.</summary>
    public const int Kept = 201;

    /// <summary>Largest number of steps of an integration.</summary>
    public const int MostSteps = 1_000_000;

    private const double StepsPerTime = 50;

    /// <summary>Integrates a flow.</summary>
    /// <param name="flow">The equation.</param>
    /// <param name="covariance">Σ, symmetric positive, D×D.</param>
    /// <param name="start">W₀, d×D, d ≤ D.</param>
    /// <param name="duration">End of the integration, &gt; 0; times are in units of 1/λ.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or the duration needs more than <see cref="MostSteps"/> steps.</exception>
    public static TiedFlowPath Integrate(TiedFlow flow, Matrix<double> covariance, Matrix<double> start, double duration)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(start);
        (int d, int size) = (start.RowCount, start.ColumnCount);
        if (covariance.RowCount != size || covariance.ColumnCount != size || d > size)
            throw new ArgumentException(
                $"expected weights d×{covariance.RowCount}, d ≤ {covariance.RowCount}, found {d}×{size}",
                nameof(start)
            );
        (double largest, Matrix<double> wanted) = FlowIntegrator.Top(covariance, d);
        Vector<double>[] path = FlowIntegrator.Integrate(Flatten(start), duration, largest, StepsPerTime, w =>
            Flatten(Velocity(flow, covariance, Unflatten(w, d, size)))
        );
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(size);
        Matrix<double>[] weights = [.. path.Select(w => Unflatten(w, d, size))];
        return new TiedFlowPath(
            flow,
            FlowIntegrator.Times(duration),
            weights,
            [.. weights.Select(w => Loss(covariance, identity - (w.Transpose() * w)))],
            [.. weights.Select(w => FlowIntegrator.ProjectorError(w, wanted))]
        );
    }

    /// <summary>M(t) of Oja's flow in closed form, D×D.</summary>
    /// <param name="covariance">Σ, symmetric positive, D×D.</param>
    /// <param name="start">W₀, d×D.</param>
    /// <param name="time">t ≥ 0, small enough that e^{2λ₁t} is finite.</param>
    public static Matrix<double> OjaExact(Matrix<double> covariance, Matrix<double> start, double time)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(start);
        var spectrum = covariance.Evd(Symmetricity.Symmetric);
        Matrix<double> vectors = spectrum.EigenVectors;
        Vector<double> values = spectrum.EigenValues.Real();
        Matrix<double> growth =
            vectors * Matrix<double>.Build.DenseOfDiagonalVector(values.Map(v => Elementary.Exp(v * time))) * vectors.Transpose();
        Matrix<double> excess =
            vectors * Matrix<double>.Build.DenseOfDiagonalVector(values.Map(v => Elementary.Exp(2 * v * time) - 1)) * vectors.Transpose();
        Matrix<double> inner = Matrix<double>.Build.DenseIdentity(start.RowCount) + (start * excess * start.Transpose());
        Matrix<double> grown = start * growth;
        return grown.Transpose() * inner.Solve(grown);
    }

    /// <summary>The time in which the mode of an eigenvalue grows from one strength to another, ln[a(1−a₀)/(a₀(1−a))]/(2λ).</summary>
    /// <param name="eigenvalue">λ &gt; 0.</param>
    /// <param name="from">a₀, in (0, 1).</param>
    /// <param name="to">a, in (0, 1).</param>
    public static double StageTime(double eigenvalue, double from, double to) =>
        Elementary.Log(to * (1 - from) / (from * (1 - to))) / (2 * eigenvalue);

    private static Matrix<double> Velocity(TiedFlow flow, Matrix<double> covariance, Matrix<double> w)
    {
        Matrix<double> product = w * covariance,
            gram = w * w.Transpose();
        // W(1−M)Σ = (1−WWᵀ)WΣ and WΣ(1−M) = WΣ − (WΣWᵀ)W need no matrix of size D×D besides Σ.
        Matrix<double> notes = product - (gram * product),
            oja = product - (product * w.Transpose() * w);
        return flow switch
        {
            TiedFlow.Notes => notes,
            TiedFlow.Oja => oja,
            _ => 0.5 * (notes + oja),
        };
    }

    private static double Loss(Matrix<double> covariance, Matrix<double> rest) => (covariance * rest * rest).Trace();

    private static Vector<double> Flatten(Matrix<double> w) => Vector<double>.Build.Dense(w.ToColumnMajorArray());

    private static Matrix<double> Unflatten(Vector<double> w, int rows, int columns) =>
        Matrix<double>.Build.DenseOfColumnMajor(rows, columns, w);
}
