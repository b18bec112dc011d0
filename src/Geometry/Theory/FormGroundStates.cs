using Geometry.Atlas;
using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.Shapes;

namespace Geometry.Theory;

/// <summary>Finds the local minimum of the loss with one active feature that a form is.</summary>
/// <remarks>
/// The minima of d hidden dimensions and c features come from random starts (<see cref="GroundStates.Find"/>). A form is the lowest minimum
/// with c live features whose directions match the form within the tolerance. Where no start found such a minimum, a descent from the form
/// itself, with norms and biases of known k-gons, may reach it. A form from which this descent leads away is no minimum.
/// </remarks>
public static class FormGroundStates
{
    /// <summary>
    /// Norms and biases at the start of a descent from a form: those of the pentagon and the octagon (arXiv 2310.06301, table of critical
    /// k-gons).
    /// </summary>
    private static readonly (double Norm, double Bias)[] s_starts = [(1.17, -0.28), (1.55, -1.29)];

    /// <summary>The minima of forms of one size.</summary>
    /// <param name="forms">Forms of one dimension and one number of directions.</param>
    /// <param name="toleranceDegrees">Largest residual between a form and a minimum.</param>
    /// <param name="starts">Random starts, ≥ 1.</param>
    /// <param name="threads">Number of threads, ≥ 1; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>For each form its minimum, or null for none.</returns>
    public static IReadOnlyList<FormGroundState?> Of(
        IReadOnlyList<Form> forms,
        double toleranceDegrees,
        int starts,
        int threads,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(forms);
        if (forms.Count == 0)
            return [];
        (int dim, int count) = (forms[0].Dim, forms[0].Directions);
        IReadOnlyList<GroundState> minima = GroundStates.Find(dim, count, starts: starts, threads: threads, cancellation: cancellation);
        double[]?[] directions = [.. minima.Select(m => m.IsFlat ? null : Directions(m.Minimum, count))];
        return [.. forms.Select(form => Of(form, minima, directions, toleranceDegrees))];
    }

    private static FormGroundState? Of(Form form, IReadOnlyList<GroundState> minima, double[]?[] directions, double tolerance)
    {
        Shape shape = form.ToShape();
        for (int k = 0; k < minima.Count; k++)
        {
            if (directions[k] is { } x && Residual(x, shape) is var residual && residual <= tolerance)
                return new FormGroundState(k + 1, minima[k].Minimum.Energy, minima[k].Share, residual);
        }
        double[] unit = shape.Vertices();
        foreach ((double norm, double bias) in s_starts)
        {
            LocalMinimum reached = GroundStates.Descend(
                new FeatureConfiguration(form.Dim, form.Directions, [.. unit.Select(u => norm * u)]),
                [.. Enumerable.Repeat(bias, form.Directions)]
            );
            if (Directions(reached, form.Directions) is { } x && Residual(x, shape) is var residual && residual <= tolerance)
                return new FormGroundState(
                    1 + minima.Count(m => m.Minimum.Energy < reached.Energy - GroundStates.Tolerance),
                    reached.Energy,
                    0,
                    residual
                );
        }
        return null;
    }

    /// <summary>The unit columns where all features are live; otherwise null.</summary>
    private static double[]? Directions(LocalMinimum minimum, int count)
    {
        if (minimum.Live.Count != count)
            return null;
        double[] x = minimum.Weights.Columns.ToArray();
        int d = minimum.Weights.Hidden;
        for (int i = 0; i < x.Length; i += d)
        {
            Span<double> row = x.AsSpan(i, d);
            double norm = Vectors.Norm(row);
            for (int k = 0; k < d; k++)
                row[k] /= norm;
        }
        return x;
    }

    private static double Residual(double[] unit, Shape shape) => double.RadiansToDegrees(ShapeMatcher.Comparer(shape)(unit));
}
