using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Geometry.Theory;

/// <summary>A function of many variables with its gradient.</summary>
/// <param name="point">Where; not to be changed.</param>
/// <param name="gradient">Receives the gradient there.</param>
/// <returns>The value.</returns>
internal delegate double SmoothFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Where a descent ended.</summary>
/// <param name="Point">The best point seen.</param>
/// <param name="Value">The value there.</param>
/// <param name="Slope">Largest magnitude of the gradient's entries there.</param>
internal readonly record struct Minimised(double[] Point, double Value, double Slope);

/// <summary>
/// Descents by MathNet's limited-memory BFGS, which remember the best point seen and are taken up again where a line search gave up too
/// early.
/// </summary>
/// <param name="function">What is minimised.</param>
/// <param name="tolerance">Largest magnitude of the gradient's entries at the end.</param>
internal sealed class Descent(SmoothFunction function, double tolerance)
{
    /// <summary>Steps that the minimiser remembers: with 24 it takes a fifth fewer, each of which costs twice as much.</summary>
    private const int Memory = 5;

    /// <summary>Most steps of one descent.</summary>
    private const int MostIterations = 5000;

    /// <summary>Values closer than this are equal but for rounding.</summary>
    private const double Rounding = 1e-13;

    /// <summary>Times that a descent is begun: a line search that found nothing better starts anew along the gradient.</summary>
    private const int MostAttempts = 3;

    private readonly LimitedMemoryBfgsMinimizer _minimiser = new(
        tolerance,
        parameterTolerance: 0,
        functionProgressTolerance: 0,
        Memory,
        MostIterations
    );
    private Minimised _best;

    /// <summary>Descends from a point.</summary>
    public Minimised Run(double[] start)
    {
        _best = new Minimised(start, double.PositiveInfinity, double.PositiveInfinity);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            try
            {
                _minimiser.FindMinimum(ObjectiveFunction.Gradient(Evaluate), Vector<double>.Build.DenseOfArray(_best.Point));
                break;
            }
            catch (OptimizationException)
            {
                // Differences of values that are rounding stop its line search; the best point stands.
                if (_best.Slope <= tolerance)
                    break;
            }
        }
        return _best;
    }

    private (double Value, Vector<double> Gradient) Evaluate(Vector<double> point)
    {
        double[] at = point.AsArray() ?? point.ToArray(),
            gradient = new double[at.Length];
        double value = function(at, gradient),
            slope = Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient));
        // Of values that are equal but for rounding the one with the smaller gradient is the better.
        if (value < _best.Value - Rounding || (value < _best.Value + Rounding && slope < _best.Slope))
            _best = new Minimised([.. at], value, slope);
        return (value, Vector<double>.Build.Dense(gradient));
    }
}
