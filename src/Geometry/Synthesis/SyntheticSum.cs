using System.Numerics.Tensors;
using Geometry.Atlas;
using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Shapes;

namespace Geometry.Synthesis;

/// <summary>One part of a synthetic direct sum: unit vectors of R^dim.</summary>
/// <param name="Dim">dim V_S, and the length of each vector.</param>
/// <param name="Vectors">count×dim, row-major, unit rows.</param>
public sealed record SyntheticPart(int Dim, double[] Vectors)
{
    /// <summary>Number of vectors.</summary>
    public int Count => Vectors.Length / Dim;
}

/// <summary>A synthetic configuration and its true partition.</summary>
/// <param name="Configuration">W.</param>
/// <param name="Summand">For each feature the index of its part, −1 when it is unlearned.</param>
public sealed record SyntheticConfiguration(FeatureConfiguration Configuration, IReadOnlyList<int> Summand);

/// <summary>
/// Makes direct sums with a known answer: parts placed in subspaces of R^m that are mutually orthogonal (or oblique), with norms, noise,
/// unlearned features, a random rotation of R^m and a random permutation of the features.
/// </summary>
public static class SyntheticSum
{
    /// <summary>Largest norm of an unlearned feature, well below half of any learned one.</summary>
    private const double UnlearnedNorm = 0.3;

    /// <summary>
    /// Makes configuration number <paramref name="index"/> of the options' seed. O(n·m² + m³), above 1024 dimensions O(n·m log m), see
    /// <see cref="RandomRotation"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The parts need more dimensions or features than the options allow, or an option is out of
    /// range.</exception>
    public static SyntheticConfiguration Make(IReadOnlyList<SyntheticPart> parts, SyntheticOptions options, long index = 0)
    {
        int dims = parts.Sum(p => p.Dim),
            count = parts.Sum(p => p.Count);
        int m = options.Hidden ?? Math.Max(dims, 1),
            n = options.Features ?? Math.Max(count, 1);
        if (m < dims)
            throw new ArgumentException($"hidden: expected at least {dims} dimensions for this formula, found {m}");
        if (n < count)
            throw new ArgumentException($"features: expected at least {count} for this formula, found {n}");
        if (!(options.Sigma >= 0) || double.IsInfinity(options.Sigma))
            throw new ArgumentException($"sigma: expected a finite number ≥ 0, found {options.Sigma}");
        if (!(options.NormSpread is >= 0 and < 0.5))
            throw new ArgumentException($"norm spread: expected a number in [0, 0.5), found {options.NormSpread}");
        if (!(options.ObliqueDegrees is > 0 and <= 90))
            throw new ArgumentException($"oblique: expected an angle in (0, 90] degrees, found {options.ObliqueDegrees}");

        var random = new GaussianSource(options.Seed, index);
        var rotation = new RandomRotation(random, m);
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
            order[i] = i;
        random.Shuffle(order);

        double[] columns = new double[n * m],
            local = new double[m];
        ObliqueAxes? oblique = options.ObliqueDegrees < 90 ? new ObliqueAxes(parts, options.ObliqueDegrees) : null;
        int[] summand = new int[n];
        Array.Fill(summand, -1);
        int feature = 0,
            offset = 0;
        for (int p = 0; p < parts.Count; p++)
        {
            for (int v = 0; v < parts[p].Count; v++, feature++)
            {
                Array.Clear(local);
                parts[p].Vectors.AsSpan(v * parts[p].Dim, parts[p].Dim).CopyTo(local.AsSpan(offset));
                TensorPrimitives.Multiply(local, 1 + options.NormSpread * (2 * random.Uniform() - 1), local);
                if (options.NoiseIn == NoiseIn.Summand)
                    Perturb(local.AsSpan(offset, parts[p].Dim), options.Sigma, random);
                oblique?.Tilt(local.AsSpan(offset, parts[p].Dim), p, local);
                if (options.NoiseIn == NoiseIn.Ambient)
                    Perturb(local, options.Sigma, random);
                rotation.Apply(local, columns.AsSpan(order[feature] * m, m));
                summand[order[feature]] = p;
            }
            offset += parts[p].Dim;
        }
        for (; feature < n; feature++)
        {
            random.Normal(local);
            double norm = Vectors.Norm(local);
            TensorPrimitives.Multiply(local, UnlearnedNorm * random.Uniform() / norm, local);
            local.CopyTo(columns, order[feature] * m);
        }
        return new SyntheticConfiguration(new FeatureConfiguration(m, n, columns), summand);
    }

    private static void Perturb(Span<double> coordinates, double sigma, GaussianSource random)
    {
        if (sigma == 0)
            return;
        foreach (ref double coordinate in coordinates)
            coordinate += sigma * random.Normal();
    }
}

/// <summary>Where noise is added to a synthetic direct sum.</summary>
public enum NoiseIn
{
    /// <summary>Each summand is perturbed inside its own subspace, before the sum.</summary>
    Summand,

    /// <summary>All m coordinates are perturbed, after the sum.</summary>
    Ambient,
}

/// <summary>How a synthetic direct sum is made; every value is checked where it is used.</summary>
public sealed record SyntheticOptions
{
    /// <summary>Standard deviation of the Gaussian noise per coordinate, in units of a summand's unit vectors, ≥ 0.</summary>
    public double Sigma { get; init; }

    /// <summary>Which coordinates the noise fills.</summary>
    public NoiseIn NoiseIn { get; init; } = NoiseIn.Ambient;

    /// <summary>m; null: the sum of the summands' dimensions.</summary>
    public int? Hidden { get; init; }

    /// <summary>n; null: the sum of the summands' counts. Features beyond that sum are unlearned: their norms stay below 0.3.</summary>
    public int? Features { get; init; }

    /// <summary>The norms of features are uniform on [1 − spread, 1 + spread]; spread in [0, 0.5).</summary>
    public double NormSpread { get; init; }

    /// <summary>
    /// Angle between any two summands' subspaces, degrees in (0, 90]; 90 gives the orthogonal sum. The i-th axes of all summands that have
    /// one stand pairwise at this angle, and axes with different numbers are orthogonal, so that every principal angle of two summands is
    /// this one or 90°.
    /// </summary>
    public double ObliqueDegrees { get; init; } = 90;

    /// <summary>Seed of the configurations.</summary>
    public int Seed { get; init; }
}

/// <summary>Makes the parts of a synthetic sum from a formula.</summary>
public static class SyntheticParts
{
    /// <summary>One part per summand of the formula, in its order, with the vertices of the catalogue.</summary>
    /// <exception cref="ArgumentException">A shape of the formula is not in the catalogue.</exception>
    public static IReadOnlyList<SyntheticPart> Of(Formula formula, ShapeCatalogue? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        catalogue ??= FormAtlas.BuiltInCatalogue;
        return
        [
            .. formula.Terms.SelectMany(t =>
                Enumerable.Repeat(new SyntheticPart(t.Dim, catalogue.Find(t.Shape).Vertices()), t.Multiplicity)
            ),
        ];
    }
}
