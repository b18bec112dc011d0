using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.OdeSolvers;

namespace Geometry.Theory;

/// <summary>
/// Integration of the flows of tied and untied linear models: steps of equal length, results at <see cref="TiedFlows.Kept"/> times, and the
/// distance from the top eigenspace.
/// </summary>
/// <remarks>MathNet's Runge–Kutta of fourth order. The step is a fraction of 1/λ₁, the time scale of the fastest mode.</remarks>
internal static class FlowIntegrator
{
    /// <summary>Integrates ẋ = f(x), and returns x at each kept time.</summary>
    /// <param name="start">x(0).</param>
    /// <param name="duration">End of the integration, &gt; 0.</param>
    /// <param name="largest">λ₁ &gt; 0.</param>
    /// <param name="stepsPerTime">Number of steps in a time of 1/λ₁.</param>
    /// <param name="velocity">f.</param>
    /// <exception cref="ArgumentException">The duration is not above 0 or needs more than <see cref="TiedFlows.MostSteps"/>
    /// steps.</exception>
    public static Vector<double>[] Integrate(
        Vector<double> start,
        double duration,
        double largest,
        double stepsPerTime,
        Func<Vector<double>, Vector<double>> velocity
    )
    {
        const int Intervals = TiedFlows.Kept - 1;
        double steps = Math.Ceiling(duration * largest * stepsPerTime / Intervals) * Intervals;
        if (!(duration > 0) || !(steps <= TiedFlows.MostSteps))
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"duration: expected a number above 0 and at most {TiedFlows.MostSteps / (largest * stepsPerTime):g3}, found {duration}"
                ),
                nameof(duration)
            );
        // One interval after the other, because MathNet's integrator returns every step.
        var kept = new Vector<double>[TiedFlows.Kept];
        kept[0] = start;
        for (int i = 0; i < Intervals; i++)
            kept[i + 1] = RungeKutta.FourthOrder(kept[i], 0, duration / Intervals, ((int)steps / Intervals) + 1, (_, x) => velocity(x))[^1];
        return kept;
    }

    /// <summary>The times of the results.</summary>
    public static double[] Times(double duration) =>
        [.. Enumerable.Range(0, TiedFlows.Kept).Select(i => duration * i / (TiedFlows.Kept - 1))];

    /// <summary>λ₁ and the projector onto the d top eigenvectors of Σ, D×D.</summary>
    public static (double Largest, Matrix<double> Projector) Top(Matrix<double> covariance, int d)
    {
        var spectrum = covariance.Evd(Symmetricity.Symmetric);
        Matrix<double> top = spectrum.EigenVectors.SubMatrix(0, covariance.RowCount, covariance.RowCount - d, d);
        return (spectrum.EigenValues.Real().Maximum(), top * top.Transpose());
    }

    /// <summary>Chordal distance between the row space of W, d×D, and that of a projector, D×D; NaN where W has lost its rank.</summary>
    public static double ProjectorError(Matrix<double> w, Matrix<double> wanted)
    {
        Matrix<double> gram = w * w.Transpose();
        if (gram.Rank() < w.RowCount)
            return double.NaN;
        return ((w.Transpose() * gram.Solve(w)) - wanted).FrobeniusNorm() / Math.Sqrt(2);
    }
}
