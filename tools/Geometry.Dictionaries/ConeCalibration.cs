using Geometry.Configurations;
using Geometry.Dictionaries;
using Geometry.LinearAlgebra;
using MathNet.Numerics;

namespace Geometry.Planted;

/// <summary>
/// The same where the subset lies in a family of neighbours: twelve directions about an axis, in no plane, with a given cosine to each
/// other.
/// </summary>
/// <remarks>
/// A try is k members of a family, and the nearest other one is its extra, which is judged given its angle with them. Importance sampling
/// as in <see cref="Calibration"/>: one member at most is drawn with the part of it that is orthogonal to the axis leaned towards the
/// subset, v the share of that part's square inside it: v ~ Beta(a, b′) in place of Beta(a, b), a = (k−1)/2 and b = (m−k)/2.
/// </remarks>
internal sealed class ConeCalibration(double cosine, int dim, int k, int tries)
{
    private const int Family = 12,
        Others = 400;

    /// <summary>b′ over b.</summary>
    private static readonly double[] s_leanings = [0.6, 0.35, 0.2, 0.1, 0.05];

    public double[] Replica(int seed)
    {
        var random = new Random(seed);
        var even = new ProjectedNormal([.. Enumerable.Repeat(1.0, dim)]);
        int n = (tries * Family) + Others;
        double[] columns = new double[n * dim],
            weights = new double[tries];
        for (int t = 0; t < tries; t++)
            weights[t] = Draw(random, even, columns.AsSpan(t * Family * dim, Family * dim));
        for (int i = tries * Family; i < n; i++)
            even.Draw(random, columns.AsSpan(i * dim, dim));
        var directions = UnitDirections.Of(new FeatureConfiguration(dim, n, columns));
        var graph = NeighbourGraph.Build(new CosineRows(directions), PlaneEvidence.NearCosine, 1e9, 1, null, CancellationToken.None);
        var evidence = new PlaneEvidence(directions, graph, Populations.One(SecondMoment.Of(directions, 1, CancellationToken.None)));
        double[] shares = new double[Calibration.Thresholds.Length];
        for (int t = 0; t < tries; t++)
        {
            int first = t * Family;
            double[] basis = Span(columns.AsSpan(first * dim, k * dim));
            int nearest = Enumerable.Range(first + k, Family - k).MaxBy(i => Share(columns.AsSpan(i * dim, dim), basis));
            int[] members = [.. Enumerable.Range(first, k), nearest];
            double logP = evidence.LogPOfTry(new FittedPlane(k, members, basis, new double[k + 1]), PlaneTail.Formula);
            for (int at = 0; at < shares.Length; at++)
            {
                if (logP <= Math.Log(Calibration.Thresholds[at]))
                    shares[at] += weights[t] / Calibration.Thresholds[at] / tries;
            }
        }
        return shares;
    }

    /// <summary>Draws a family; returns the likelihood of it under chance over that under the mixture.</summary>
    private double Draw(Random random, ProjectedNormal even, Span<double> family)
    {
        double[] axis = new double[dim],
            orthogonal = new double[Family * dim];
        even.Draw(random, axis);
        Vectors.Scale(1 / Vectors.Norm(axis), axis);
        for (int i = 0; i < Family; i++)
            Orthogonal(random, even, axis, orthogonal.AsSpan(i * dim, dim));
        // The subset's own k − 1 dimensions away from the axis: differences of its members.
        double[] differences = new double[(k - 1) * dim];
        for (int a = 1; a < k; a++)
        {
            for (int d = 0; d < dim; d++)
                differences[((a - 1) * dim) + d] = orthogonal[(a * dim) + d] - orthogonal[d];
        }
        double[] inside = Span(differences);
        int chosen = random.Next(s_leanings.Length + 1);
        double a0 = (k - 1) / 2.0,
            b0 = (dim - k) / 2.0;
        if (chosen > 0)
        {
            Span<double> x = orthogonal.AsSpan(random.Next(k, Family) * dim, dim);
            double v = Beta(random, a0, b0 * s_leanings[chosen - 1]),
                now = Share(x, inside);
            double[] shadow = new double[dim];
            for (int a = 0; a < k - 1; a++)
                Vectors.Axpy(Vectors.Dot(x, inside.AsSpan(a * dim, dim)), inside.AsSpan(a * dim, dim), shadow);
            Vectors.Axpy(-1, shadow, x);
            Vectors.Scale(Math.Sqrt((1 - v) / (1 - now)), x);
            Vectors.Axpy(Math.Sqrt(v / now), shadow, x);
        }
        double mixture = 1;
        foreach (double lean in s_leanings)
        {
            double constant = SpecialFunctions.BetaLn(a0, b0) - SpecialFunctions.BetaLn(a0, b0 * lean);
            for (int i = k; i < Family; i++)
                mixture +=
                    Math.Exp(constant + (b0 * (lean - 1) * Math.Log(1 - Share(orthogonal.AsSpan(i * dim, dim), inside)))) / (Family - k);
        }
        for (int i = 0; i < Family; i++)
        {
            Span<double> column = family.Slice(i * dim, dim);
            Vectors.Axpy(Math.Sqrt(cosine), axis, column);
            Vectors.Axpy(Math.Sqrt(1 - cosine), orthogonal.AsSpan(i * dim, dim), column);
        }
        return (s_leanings.Length + 1) / mixture;
    }

    private static void Orthogonal(Random random, ProjectedNormal even, double[] axis, Span<double> x)
    {
        even.Draw(random, x);
        Vectors.Axpy(-Vectors.Dot(x, axis), axis, x);
        Vectors.Scale(1 / Vectors.Norm(x), x);
    }

    private static double Beta(Random random, double a, double b)
    {
        double x = MathNet.Numerics.Distributions.Gamma.Sample(random, a, 1),
            y = MathNet.Numerics.Distributions.Gamma.Sample(random, b, 1);
        return Math.Clamp(x / (x + y), 1e-12, 1 - 1e-12);
    }

    private double Share(ReadOnlySpan<double> x, double[] basis)
    {
        double sum = 0;
        for (int a = 0; a < basis.Length / dim; a++)
            sum += Math.Pow(Vectors.Dot(x, basis.AsSpan(a * dim, dim)), 2);
        return sum;
    }

    /// <summary>An orthonormal basis of the span of some vectors.</summary>
    private double[] Span(ReadOnlySpan<double> vectors)
    {
        double[] basis = vectors.ToArray();
        for (int a = 0; a < basis.Length / dim; a++)
        {
            Span<double> axis = basis.AsSpan(a * dim, dim);
            for (int b = 0; b < a; b++)
                Vectors.Axpy(-Vectors.Dot(axis, basis.AsSpan(b * dim, dim)), basis.AsSpan(b * dim, dim), axis);
            Vectors.Scale(1 / Vectors.Norm(axis), axis);
        }
        return basis;
    }
}
