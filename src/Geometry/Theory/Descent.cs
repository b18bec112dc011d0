using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Geometry.Theory;

/// <summary>A function of many variables with its gradient.</summary>
/// <param name="point">The point, which must not be changed.</param>
/// <param name="gradient">Receives the gradient.</param>
/// <returns>The value.</returns>
internal delegate double SmoothFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>The end of a descent.</summary>
/// <param name="Point">The best point seen.</param>
/// <param name="Value">The value there.</param>
/// <param name="Slope">Largest magnitude of the entries of the gradient there.</param>
internal readonly record struct Minimised(double[] Point, double Value, double Slope);

/// <summary>
/// Descents by MathNet's limited-memory BFGS. The best point seen is kept, and the descent is continued from there where a line search
/// stopped too early.
/// </summary>
/// <param name="function">The function to minimise.</param>
/// <param name="tolerance">Largest magnitude of the gradient's entries at the end.</param>
internal sealed class Descent(SmoothFunction function, double tolerance)
{
    /// <summary>Number of steps that the minimiser keeps. With 24 it takes a fifth fewer steps, but each costs twice as much.</summary>
    private const int Memory = 5;

    /// <summary>Largest number of steps of one descent.</summary>
    private const int MostIterations = 5000;

    /// <summary>Values that differ by less than this are equal up to rounding.</summary>
    private const double Rounding = 1e-13;

    /// <summary>
    /// Largest number of times that a descent is started; after a line search without progress it starts again along the gradient.
    /// </summary>
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
                // The line search stops where differences of values are rounding errors; the best point is kept.
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
        // Of values that are equal up to rounding, the one with the smaller gradient is better.
        if (value < _best.Value - Rounding || (value < _best.Value + Rounding && slope < _best.Slope))
            _best = new Minimised([.. at], value, slope);
        return (value, Vector<double>.Build.Dense(gradient));
    }
}
