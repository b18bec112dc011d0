using Geometry.LinearAlgebra;
using Geometry.Shapes;
using MathNet.Numerics.Optimization;

namespace Geometry.Theory;

/// <summary>The gain of a summand at one density: the loss that it saves per hidden dimension.</summary>
/// <param name="Density">p.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Parameter">The parameter with the largest gain in a one-parameter family; NaN for a rigid shape.</param>
/// <param name="Norm">The best common norm of its columns.</param>
/// <param name="Bias">The best bias; where the biases of the vertices differ, their mean.</param>
/// <param name="Loss">ℓ = Σ_i E(x_i − x'_i)² over its N features.</param>
/// <remarks>
/// <para>
/// Orthogonal summands do not interfere, so their losses add, and a model of many dimensions has the least loss with the summands of
/// largest gain (N·v − ℓ)/k, where v = p/3 − p²/4 is the loss of an ignored feature.
/// </para>
/// <para>
/// With columns r·v_i of one norm, s = r², output i is ReLU(s·x_i + β), β = b_i + s·R_i, R_i = Σ_{j≠i} (v_i·v_j)·x_j. Given R_i the error
/// has the closed form p·g(s, β)/3 + (1−p)·β₊², with g of <see cref="SparseLimitLoss"/>. The distribution of R_i
/// (<see cref="InterferenceLaw"/>) does not depend on s and b. The loss is minimised over s, over one bias for each class of vertices with
/// the same cosines, and over the parameter of a family. Results are exact to about 1e-6. Different norms of the vertices, which would be
/// slightly better in shapes that are not vertex-transitive, are not considered. Source: derived; checked against
/// <see cref="SmallModelLoss"/> and trained models.
/// </para>
/// </remarks>
public sealed record ShapeGain(double Density, Shape Shape, double Parameter, double Norm, double Bias, double Loss)
{
    /// <summary>Largest difference of cosines that count as equal.</summary>
    private const double Equal = 1e-7;

    private const double Tolerance = 1e-9,
        ParameterTolerance = 1e-5;

    /// <summary>Loss saved per hidden dimension, (N·v − ℓ)/k.</summary>
    public double Gain => ((Shape.Count * IdealSolutions.Variance(Density)) - Loss) / Shape.Dim;

    /// <summary>The gain of a shape with the best norm and biases, and the best parameter of a family.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="density">p, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The density is out of range.</exception>
    public static ShapeGain Of(Shape shape, double density)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!(density is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(density), density, "expected a density above 0, at most 1");
        if (shape.Parameter is not { } family)
            return Of(shape, density, double.NaN);
        // MathNet's golden section evaluates the function inside the bracket only.
        double best = GoldenSectionMinimizer
            .Minimum(
                ObjectiveFunction.ScalarValue(t => Of(shape, density, t).Loss),
                family.Low,
                family.High,
                ParameterTolerance,
                maxIterations: 200,
                maxExpansionSteps: 0
            )
            .MinimizingPoint;
        return Of(shape, density, best);
    }

    private static ShapeGain Of(Shape shape, double density, double parameter)
    {
        (InterferenceLaw Law, int Vertices)[] classes =
        [
            .. Classes(shape.Vertices(parameter), shape.Dim, shape.Count).Select(c => (InterferenceLaw.Of(c.Cosines, density), c.Vertices)),
        ];
        double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double sum = 0;
            for (int c = 0; c < classes.Length; c++)
            {
                (double loss, double byNorm, double byBias) = ErrorOf(classes[c].Law, density, point[0], point[c + 1]);
                sum += classes[c].Vertices * loss;
                gradient[0] += classes[c].Vertices * byNorm;
                gradient[c + 1] = classes[c].Vertices * byBias;
            }
            return sum;
        }
        Minimised end = new Descent(Evaluate, Tolerance).Run([1, .. new double[classes.Length]]);
        double bias = classes.Select((c, i) => c.Vertices * end.Point[i + 1]).Sum() / shape.Count;
        return new ShapeGain(density, shape, parameter, Math.Abs(end.Point[0]), bias, end.Value);
    }

    /// <summary>The expected squared error of one output, with its derivatives by the norm r and the bias.</summary>
    private static (double Loss, double ByNorm, double ByBias) ErrorOf(InterferenceLaw law, double density, double norm, double bias)
    {
        double s = norm * norm,
            loss = 0,
            bySquare = 0,
            byBias = 0;
        for (int k = 0; k < law.Weights.Length; k++)
        {
            double weight = law.Weights[k];
            if (weight == 0)
                continue;
            double r = (law.First + k) * InterferenceLaw.Step,
                beta = bias + (s * r),
                open = Math.Max(0, beta);
            (double own, double ownBySquare, double ownByBias) = SparseLimitLoss.Own(s, beta);
            double byBeta = (density * ownByBias / 3) + ((1 - density) * 2 * open);
            loss += weight * ((density * own / 3) + ((1 - density) * open * open));
            bySquare += weight * ((density * ownBySquare / 3) + (byBeta * r));
            byBias += weight * byBeta;
        }
        return (loss, 2 * norm * bySquare, byBias);
    }

    /// <summary>The classes of vertices with the same cosines to the others: these cosines, and the number of vertices.</summary>
    private static List<(double[] Cosines, int Vertices)> Classes(double[] vertices, int dim, int count)
    {
        var classes = new List<(double[] Cosines, int Vertices)>();
        for (int i = 0; i < count; i++)
        {
            double[] cosines =
            [
                .. Enumerable
                    .Range(0, count)
                    .Where(j => j != i)
                    .Select(j => Vectors.Dot(vertices.AsSpan(i * dim, dim), vertices.AsSpan(j * dim, dim)))
                    .Order(),
            ];
            int known = classes.FindIndex(c => c.Cosines.Zip(cosines).All(pair => Math.Abs(pair.First - pair.Second) <= Equal));
            if (known < 0)
                classes.Add((cosines, 1));
            else
                classes[known] = (classes[known].Cosines, classes[known].Vertices + 1);
        }
        return classes;
    }
}
