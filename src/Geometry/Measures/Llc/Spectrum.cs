using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Measures.Llc;

/// <summary>The curvature of a loss around a point, for the choice of a sampler's step.</summary>
/// <remarks>
/// The Hessian is computed from differences of gradients at ±δ along each coordinate; a loss without second derivatives thus has a
/// curvature at the scale δ. Up to <see cref="MostEigenvalues"/> parameters all eigenvalues h_i are computed, with O(P) gradients and O(P³)
/// operations. For more parameters, tr H and tr H² are estimated from 32 random vectors of signs (Hutchinson 1990,
/// doi:10.1080/03610919008812866), tr²/tr(H²) equal eigenvalues represent the spectrum, and the largest eigenvalue comes from power
/// iteration; this takes about 60 gradients.
/// </remarks>
public sealed class Spectrum
{
    /// <summary>Largest number of parameters for which the Hessian is decomposed.</summary>
    public const int MostEigenvalues = 256;

    private const int Lanes = IChainLoss.Lanes,
        Probes = 4,
        Powers = 12;

    private Spectrum(double[] eigenvalues, double largest) => (Eigenvalues, Largest) = (eigenvalues, largest);

    /// <summary>
    /// The eigenvalues above rounding, without negative ones, in the unit of the loss; for more than <see cref="MostEigenvalues"/>
    /// parameters, equal values that represent them.
    /// </summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>The largest eigenvalue.</summary>
    public double Largest { get; }

    /// <summary>A spectrum with known eigenvalues.</summary>
    public static Spectrum Of(IReadOnlyList<double> eigenvalues) =>
        new([.. eigenvalues.Where(h => h > 0)], eigenvalues.DefaultIfEmpty(0).Max());

    /// <summary>The spectra at the points of the eight lanes; one spectrum for all of them where there are too many parameters.</summary>
    /// <param name="loss">L.</param>
    /// <param name="points">The points, in the layout of <see cref="IChainLoss"/>; restored at the end.</param>
    /// <param name="delta">δ &gt; 0, in the unit of the parameters.</param>
    public static IReadOnlyList<Spectrum> At(IChainLoss loss, Span<double> points, double delta)
    {
        int p = loss.Length;
        if (p > MostEigenvalues)
            return [Estimated(loss, points, delta)];
        double[] up = new double[p * Lanes],
            down = new double[p * Lanes],
            losses = new double[Lanes];
        double[][] hessians = [.. Enumerable.Range(0, Lanes).Select(_ => new double[p * p])];
        for (int i = 0; i < p; i++)
        {
            Shift(points, i, delta);
            loss.Evaluate(points, IChainLoss.Whole, losses, up);
            Shift(points, i, -2 * delta);
            loss.Evaluate(points, IChainLoss.Whole, losses, down);
            Shift(points, i, delta);
            for (int j = 0; j < p * Lanes; j++)
                hessians[j % Lanes][(i * p) + (j / Lanes)] = (up[j] - down[j]) / (2 * delta);
        }
        var spectra = new Spectrum[Lanes];
        double[] values = new double[p];
        for (int c = 0; c < Lanes; c++)
        {
            SymmetricEigen.Decompose(hessians[c], p, values, []);
            // Below this an eigenvalue is a zero with rounding errors.
            double floor = 1e-7 * Math.Max(0, values[0]);
            spectra[c] = new Spectrum([.. values.Where(h => h > floor)], values[0]);
        }
        return spectra;
    }

    private static void Shift(Span<double> points, int coordinate, double by)
    {
        for (int c = 0; c < Lanes; c++)
            points[(coordinate * Lanes) + c] += by;
    }

    private static Spectrum Estimated(IChainLoss loss, Span<double> points, double delta)
    {
        int p = loss.Length;
        double[] at = points.ToArray(),
            directions = new double[p * Lanes],
            products = new double[p * Lanes];
        var random = new GaussianSource(0);
        double trace = 0,
            squares = 0,
            largest = 0;
        for (int probe = 0; probe < Probes; probe++)
        {
            for (int i = 0; i < directions.Length; i++)
                directions[i] = random.Uniform() < 0.5 ? -1 : 1;
            Multiply(loss, at, directions, products, delta);
            for (int i = 0; i < products.Length; i++)
            {
                trace += directions[i] * products[i] / (Lanes * Probes);
                squares += products[i] * products[i] / (Lanes * Probes);
            }
        }
        for (int power = 0; power < Powers; power++)
        {
            for (int c = 0; c < Lanes; c++)
            {
                double norm = 0;
                for (int i = 0; i < p; i++)
                    norm += products[(i * Lanes) + c] * products[(i * Lanes) + c];
                norm = Math.Sqrt(norm);
                for (int i = 0; i < p; i++)
                    directions[(i * Lanes) + c] = norm > 0 ? products[(i * Lanes) + c] / norm : 0;
            }
            // The directions are unit vectors; longer steps along them avoid rounding errors.
            Multiply(loss, at, directions, products, delta * Math.Sqrt(p));
        }
        for (int c = 0; c < Lanes; c++)
        {
            double quotient = 0;
            for (int i = 0; i < p; i++)
                quotient += directions[(i * Lanes) + c] * products[(i * Lanes) + c];
            largest = Math.Max(largest, quotient);
        }
        if (!(trace > 0))
            return new Spectrum([], Math.Max(0, largest));
        int count = Math.Clamp((int)Math.Round(trace * trace / squares), 1, p);
        return new Spectrum([.. Enumerable.Repeat(trace / count, count)], Math.Max(largest, trace / count));
    }

    /// <summary>H·v of each lane.</summary>
    private static void Multiply(IChainLoss loss, double[] at, double[] directions, double[] products, double delta)
    {
        double[] points = new double[at.Length],
            up = new double[at.Length],
            losses = new double[Lanes];
        for (int i = 0; i < at.Length; i++)
            points[i] = at[i] + (delta * directions[i]);
        loss.Evaluate(points, IChainLoss.Whole, losses, up);
        for (int i = 0; i < at.Length; i++)
            points[i] = at[i] - (delta * directions[i]);
        loss.Evaluate(points, IChainLoss.Whole, losses, products);
        for (int i = 0; i < at.Length; i++)
            products[i] = (up[i] - products[i]) / (2 * delta);
    }
}
