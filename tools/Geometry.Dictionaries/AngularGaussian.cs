using Geometry.Dictionaries;
using Geometry.LinearAlgebra;

namespace Geometry.Planted;

/// <summary>Directions g/‖g‖, g ~ N(0, Λ), Λ diagonal: the angular central Gaussian distribution (Tyler 1987, doi:10.1093/biomet/74.3.579).</summary>
internal sealed class AngularGaussian
{
    private readonly double[] _lambda;
    private readonly double _logDeterminant;

    public AngularGaussian(double[] lambda)
    {
        double sum = lambda.Sum();
        _lambda = [.. lambda.Select(x => x / sum)];
        _logDeterminant = _lambda.Sum(Math.Log);
        double[] axes = new double[lambda.Length * lambda.Length];
        for (int i = 0; i < lambda.Length; i++) axes[i * (lambda.Length + 1)] = 1;
        Tail = new InPlaneTail(_lambda);
        Chance = Populations.One(new SecondMoment(lambda.Length, _lambda, axes));
        EffectiveDimension = 1 / _lambda.Sum(x => x * x);
    }

    public InPlaneTail Tail { get; }

    public Populations Chance { get; }

    public double EffectiveDimension { get; }

    public void Draw(Random random, Span<double> x)
    {
        for (int d = 0; d < x.Length; d++) x[d] = Math.Sqrt(_lambda[d]) * Normals.Next(random);
        Vectors.Scale(1 / Vectors.Norm(x), x);
    }

    /// <summary>xᵀΛ⁻¹x.</summary>
    public double Form(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int d = 0; d < x.Length; d++) sum += x[d] * x[d] / _lambda[d];
        return sum;
    }

    /// <summary>ln of the density at x, but for a constant of the dimension.</summary>
    public double LogDensity(double form) => (-0.5 * _logDeterminant) - (0.5 * _lambda.Length * Math.Log(form));

    /// <summary>
    /// The distribution leaned towards a plane: g ~ N(0, (Λ⁻¹ + sβI − sBBᵀ)⁻¹), whose directions lie as near to it as a share β of their square in it; null where they do anyway.
    /// </summary>
    public Leaning? Lean(double[] basis, int k, double beta)
    {
        if (Tail.Saddlepoint(basis, k, beta) is not { } at) return null;
        int m = _lambda.Length;
        double[] diagonal = [.. _lambda.Select(x => 1 / ((1 / x) + (at.S * beta)))], inner = new double[k * k], weighted = new double[k * m];
        double logRatio = 0;
        for (int d = 0; d < m; d++) logRatio += 0.5 * Math.Log(1 + (at.S * beta * _lambda[d]));
        for (int a = 0; a < k; a++)
        {
            for (int d = 0; d < m; d++) weighted[(a * m) + d] = diagonal[d] * basis[(a * m) + d];
            for (int b = 0; b <= a; b++)
                inner[(a * k) + b] = inner[(b * k) + a] = (a == b ? 1 / at.S : 0) - Vectors.Dot(weighted.AsSpan(a * m, m), basis.AsSpan(b * m, m));
        }
        if (!SmallCholesky.Factor(inner, k)) return null;
        for (int a = 0; a < k; a++) logRatio += Math.Log(inner[(a * k) + a]) + (0.5 * Math.Log(at.S));
        return new Leaning(at.S, beta, k, m, diagonal, weighted, inner, logRatio);
    }

    /// <summary>A leaned distribution.</summary>
    internal sealed record Leaning(double S, double Beta, int K, int M, double[] Diagonal, double[] Weighted, double[] Inner, double LogRatio)
    {
        public void Draw(Random random, Span<double> x)
        {
            double[] along = new double[K];
            for (int a = 0; a < K; a++) along[a] = Normals.Next(random);
            // Covariance D + DB (I/s − BᵀDB)⁻¹ BᵀD, the second part through the Cholesky factor of what is inverted.
            SmallCholesky.SolveUpper(Inner, K, along);
            for (int d = 0; d < M; d++) x[d] = Math.Sqrt(Diagonal[d]) * Normals.Next(random);
            for (int a = 0; a < K; a++) Vectors.Axpy(along[a], Weighted.AsSpan(a * M, M), x);
            Vectors.Scale(1 / Vectors.Norm(x), x);
        }

        /// <summary>ln of its density over that of the distribution that was leaned.</summary>
        public double LogWeight(double form, double share) => LogRatio + (0.5 * M * Math.Log(form / (form + (S * (Beta - share)))));
    }
}

/// <summary>Standard normal numbers (Box and Muller), two draws a number.</summary>
internal static class Normals
{
    public static double Next(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
