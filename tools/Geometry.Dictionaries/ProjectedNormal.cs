using Geometry.Dictionaries;
using Geometry.LinearAlgebra;

namespace Geometry.Planted;

/// <summary>Random directions g/‖g‖, g ~ N(μ, Λ), Λ diagonal; without a mean the angular central Gaussian distribution (Tyler 1987,
/// doi:10.1093/biomet/74.3.579).</summary>
/// <remarks>Draws are g, of any length: likelihoods are those of g, which are as good for importance sampling, and known in closed
/// form.</remarks>
internal sealed class ProjectedNormal
{
    private readonly double[] _lambda;
    private readonly double[]? _mean;
    private readonly double _logDeterminant;

    /// <param name="lambda">Λ, but for a factor.</param>
    /// <param name="cosine">About the mean cosine with one coordinate axis, which the mean lies along.</param>
    /// <param name="axis">That axis.</param>
    public ProjectedNormal(double[] lambda, double cosine = 0, int axis = 0)
    {
        double sum = lambda.Sum();
        _lambda = [.. lambda.Select(x => x / sum)];
        _logDeterminant = _lambda.Sum(Math.Log);
        EffectiveDimension = 1 / _lambda.Sum(x => x * x);
        if (cosine == 0)
            return;
        _mean = new double[lambda.Length];
        _mean[axis] = cosine / Math.Sqrt(1 - (cosine * cosine));
    }

    public double EffectiveDimension { get; }

    public void Draw(Random random, Span<double> g)
    {
        for (int d = 0; d < g.Length; d++)
            g[d] = (_mean?[d] ?? 0) + (Math.Sqrt(_lambda[d]) * Normals.Next(random));
    }

    /// <summary>ln of the density at g, but for a constant of the dimension.</summary>
    public double LogDensity(ReadOnlySpan<double> g)
    {
        double form = 0;
        for (int d = 0; d < g.Length; d++)
        {
            double away = g[d] - (_mean?[d] ?? 0);
            form += away * away / _lambda[d];
        }
        return -0.5 * (_logDeterminant + form);
    }

    /// <summary>
    /// The distribution leaned towards a plane until directions lie in it with a share β of their square: its density times exp(sY/2 −
    /// K(s)), Y = ‖Bᵀg‖² − β‖g‖²,
    /// which is normal as well, N(Q⁻¹Λ⁻¹μ, Q⁻¹) with Q = Λ⁻¹ + sβI − sBBᵀ; null where they do anyway.
    /// </summary>
    public Leaning? Lean(double[] basis, int k, double beta)
    {
        if (new InPlaneTail(_lambda, _mean).Saddlepoint(basis, k, beta) is not { } at)
            return null;
        int m = _lambda.Length;
        double[] diagonal = [.. _lambda.Select(x => 1 / ((1 / x) + (at.S * beta)))],
            inner = new double[k * k],
            weighted = new double[k * m];
        for (int a = 0; a < k; a++)
        {
            for (int d = 0; d < m; d++)
                weighted[(a * m) + d] = diagonal[d] * basis[(a * m) + d];
            for (int b = 0; b <= a; b++)
                inner[(a * k) + b] = inner[(b * k) + a] =
                    (a == b ? 1 / at.S : 0) - Vectors.Dot(weighted.AsSpan(a * m, m), basis.AsSpan(b * m, m));
        }
        if (!SmallCholesky.Factor(inner, k))
            return null;
        double[] centre = new double[m];
        if (_mean is not null)
        {
            double[] along = new double[k];
            for (int d = 0; d < m; d++)
                centre[d] = diagonal[d] * _mean[d] / _lambda[d];
            for (int a = 0; a < k; a++)
                along[a] = Vectors.Dot(basis.AsSpan(a * m, m), centre);
            SmallCholesky.SolveLower(inner, k, along);
            SmallCholesky.SolveUpper(inner, k, along);
            for (int a = 0; a < k; a++)
                Vectors.Axpy(along[a], weighted.AsSpan(a * m, m), centre);
        }
        return new Leaning(at.S, beta, at.Cumulant, centre, diagonal, weighted, inner);
    }

    /// <summary>A leaned distribution.</summary>
    internal sealed record Leaning(
        double S,
        double Beta,
        double Cumulant,
        double[] Centre,
        double[] Diagonal,
        double[] Weighted,
        double[] Inner
    )
    {
        public void Draw(Random random, Span<double> g)
        {
            int m = Diagonal.Length,
                k = Weighted.Length / m;
            double[] along = new double[k];
            for (int a = 0; a < k; a++)
                along[a] = Normals.Next(random);
            // Covariance D + DB (I/s − BᵀDB)⁻¹ BᵀD, the second part through the Cholesky factor of what is inverted.
            SmallCholesky.SolveUpper(Inner, k, along);
            for (int d = 0; d < m; d++)
                g[d] = Centre[d] + (Math.Sqrt(Diagonal[d]) * Normals.Next(random));
            for (int a = 0; a < k; a++)
                Vectors.Axpy(along[a], Weighted.AsSpan(a * m, m), g);
        }

        /// <summary>ln of its density over that of the distribution that was leaned.</summary>
        public double LogWeight(ReadOnlySpan<double> g, double share) => (0.5 * S * Vectors.Dot(g, g) * (share - Beta)) - Cumulant;
    }
}

/// <summary>Standard normal numbers (Box and Muller), two draws a number.</summary>
internal static class Normals
{
    public static double Next(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
