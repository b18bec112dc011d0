using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>The gradient flow of an untied linear autoencoder from one start.</summary>
/// <param name="Times">Times, ascending from 0.</param>
/// <param name="Decoders">A at each time, D×d.</param>
/// <param name="Encoders">B at each time, d×D.</param>
/// <param name="Losses">E‖x − ABx‖² at each time.</param>
/// <param name="ProjectorErrors">Chordal distance at each time between the row space of B and the span of the d top eigenvectors, in [0,
/// √d]; NaN where B has lost its rank.</param>
/// <param name="Drifts">‖C(t) − C(0)‖_F at each time, where the flow conserves C = AᵀA − BBᵀ: a measure of the error of the
/// integration.</param>
public sealed record UntiedFlowPath(
    IReadOnlyList<double> Times,
    IReadOnlyList<Matrix<double>> Decoders,
    IReadOnlyList<Matrix<double>> Encoders,
    IReadOnlyList<double> Losses,
    IReadOnlyList<double> ProjectorErrors,
    IReadOnlyList<double> Drifts
);

/// <summary>The integration of the gradient flow of x ↦ ABx.</summary>
/// <remarks>
/// <para>
/// The flow is Ȧ = (1−AB)ΣBᵀ and Ḃ = Aᵀ(1−AB)Σ, minus half the gradient of tr Σ(1−AB)ᵀ(1−AB). It conserves AᵀA − BBᵀ. A balanced start (AᵀA
/// = BBᵀ) that is aligned with the eigenvectors has independent modes, whose strengths follow a(t) = a₀/(a₀ + (1−a₀)e^{−2λt})
/// (<see cref="TiedFlows.StageTime"/>). Source: Saxe, McClelland, Ganguli 2013, arXiv 1312.6120, section 1.
/// </para>
/// <para>
/// Steps of at most 1/(200 λ₁): while the weights stay of order 1, the conserved matrix drifts by less than 1e-12 from starts of norm below
/// ½, and by 1e-9 from starts of order 1. O(steps·d·D²).
/// </para>
/// </remarks>
public static class UntiedFlow
{
    private const double StepsPerTime = 200;

    /// <summary>Integrates the flow.</summary>
    /// <param name="covariance">Σ, symmetric positive, D×D.</param>
    /// <param name="decoder">A₀, D×d, d ≤ D.</param>
    /// <param name="encoder">B₀, d×D.</param>
    /// <param name="duration">End of the integration, &gt; 0; times are in units of 1/λ.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or the duration needs more than <see cref="TiedFlows.MostSteps"/>
    /// steps.</exception>
    public static UntiedFlowPath Integrate(Matrix<double> covariance, Matrix<double> decoder, Matrix<double> encoder, double duration)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(encoder);
        (int d, int size) = (encoder.RowCount, encoder.ColumnCount);
        if (covariance.RowCount != size || covariance.ColumnCount != size || d > size)
            throw new ArgumentException(
                $"expected an encoder d×{covariance.RowCount}, d ≤ {covariance.RowCount}, found {d}×{size}",
                nameof(encoder)
            );
        if (decoder.RowCount != size || decoder.ColumnCount != d)
            throw new ArgumentException($"expected a decoder {size}×{d}, found {decoder.RowCount}×{decoder.ColumnCount}", nameof(decoder));

        (double largest, Matrix<double> wanted) = FlowIntegrator.Top(covariance, d);
        Vector<double>[] path = FlowIntegrator.Integrate(Join(decoder, encoder), duration, largest, StepsPerTime, x =>
        {
            (Matrix<double> a, Matrix<double> b) = Split(x, d, size);
            // (1−AB)ΣBᵀ = ΣBᵀ − A(BΣBᵀ) and Aᵀ(1−AB)Σ = AᵀΣ − (AᵀA)BΣ need no matrix of size D×D besides Σ.
            Matrix<double> seen = b * covariance;
            return Join(seen.Transpose() - (a * (seen * b.Transpose())), (a.Transpose() * covariance) - (a.Transpose() * a * seen));
        });
        (Matrix<double> A, Matrix<double> B)[] models = [.. path.Select(x => Split(x, d, size))];
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(size),
            conserved = Conserved(decoder, encoder);
        return new UntiedFlowPath(
            FlowIntegrator.Times(duration),
            [.. models.Select(m => m.A)],
            [.. models.Select(m => m.B)],
            [.. models.Select(m => Loss(covariance, identity - (m.A * m.B)))],
            [.. models.Select(m => FlowIntegrator.ProjectorError(m.B, wanted))],
            [.. models.Select(m => (Conserved(m.A, m.B) - conserved).FrobeniusNorm())]
        );
    }

    /// <summary>AᵀA − BBᵀ, d×d, which the flow conserves; zero for a balanced model.</summary>
    /// <param name="decoder">A, D×d.</param>
    /// <param name="encoder">B, d×D.</param>
    public static Matrix<double> Conserved(Matrix<double> decoder, Matrix<double> encoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(encoder);
        return (decoder.Transpose() * decoder) - (encoder * encoder.Transpose());
    }

    private static double Loss(Matrix<double> covariance, Matrix<double> rest) => (rest * covariance * rest.Transpose()).Trace();

    private static Vector<double> Join(Matrix<double> a, Matrix<double> b) =>
        Vector<double>.Build.Dense([.. a.ToColumnMajorArray(), .. b.ToColumnMajorArray()]);

    private static (Matrix<double> A, Matrix<double> B) Split(Vector<double> x, int d, int size) =>
        (
            Matrix<double>.Build.DenseOfColumnMajor(size, d, x.SubVector(0, size * d)),
            Matrix<double>.Build.DenseOfColumnMajor(d, size, x.SubVector(size * d, size * d))
        );
}
