using Geometry.Configurations;

namespace Geometry.Planted;

/// <summary>What a test dictionary is made of.</summary>
internal sealed record PlantedOptions
{
    public int Features { get; init; } = 24_576;
    public int Dim { get; init; } = 768;

    /// <summary>The i-th eigenvalue of the covariance of directions is i^−α.</summary>
    public double Anisotropy { get; init; } = 0.5;

    /// <summary>Pairs of features whose cosine is 0.99.</summary>
    public int DuplicatePairs { get; init; } = 2_000;

    /// <summary>Planes of each of the dimensions 2 and 3.</summary>
    public int Planes { get; init; } = 100;

    /// <summary>Distance of a planted feature from its plane, the sine of its angle with it, in [0, 1).</summary>
    public double Distance { get; init; } = 0.1;

    /// <summary>
    /// Standard deviation of the noise a coordinate that is added to a unit vector in the plane, in place of a distance; negative for none.
    /// </summary>
    public double Sigma { get; init; } = -1;

    /// <summary>
    /// Families of features that crowd about one direction, in no plane: twelve features each, cosine <see cref="ConeCosine"/> with the
    /// others.
    /// </summary>
    public int Cones { get; init; }

    public double ConeCosine { get; init; } = 0.85;

    public int Seed { get; init; } = 1;
}

/// <summary>A dictionary in which some planes are planted, and which features are in them.</summary>
/// <remarks>
/// Random directions of a given covariance; 2-planes of 5 to 12 features and 3-planes of 6 to 14, at random angles in their plane; the
/// planes are spanned by random directions of the same covariance.
/// </remarks>
internal sealed class PlantedDictionary
{
    private readonly Random _random;
    private readonly double[] _scales;
    private readonly int _dim;
    private double _spare = double.NaN;

    private PlantedDictionary(PlantedOptions options)
    {
        (_random, _dim) = (new Random(options.Seed), options.Dim);
        _scales = [.. Enumerable.Range(1, _dim).Select(i => Math.Pow(i, -options.Anisotropy / 2))];
        int n = options.Features;
        double[] columns = new double[n * _dim];
        int[] order = [.. Enumerable.Range(0, n)];
        _random.Shuffle(order);
        int next = 0;
        foreach (int dim in new[] { 2, 3 })
        {
            for (int p = 0; p < options.Planes; p++)
            {
                double[][] basis = Basis(dim);
                int count = dim == 2 ? _random.Next(5, 13) : _random.Next(6, 15);
                int[] members = new int[count];
                for (int i = 0; i < count; i++)
                {
                    members[i] = order[next++];
                    Plant(columns.AsSpan(members[i] * _dim, _dim), basis, options);
                }
                Array.Sort(members);
                Planes.Add((dim, members));
            }
        }
        for (int cone = 0; cone < options.Cones; cone++)
        {
            double[] axis = Direction();
            for (int i = 0; i < 12; i++)
                Mix(axis, Math.Sqrt(options.ConeCosine), columns.AsSpan(order[next++] * _dim, _dim));
        }
        for (int pair = 0; pair < options.DuplicatePairs; pair++)
        {
            double[] first = Direction();
            first.CopyTo(columns.AsSpan(order[next++] * _dim));
            Mix(first, 0.99, columns.AsSpan(order[next++] * _dim, _dim));
        }
        for (; next < n; next++)
            Direction().CopyTo(columns.AsSpan(order[next] * _dim));
        for (int i = 0; i < n; i++)
        {
            double norm = Math.Exp(0.2 * Gaussian());
            Span<double> column = columns.AsSpan(i * _dim, _dim);
            for (int d = 0; d < _dim; d++)
                column[d] *= norm;
        }
        Weights = new FeatureConfiguration(_dim, n, columns);
    }

    public static PlantedDictionary Make(PlantedOptions options) => new(options);

    public FeatureConfiguration Weights { get; }

    /// <summary>The planted planes and their features, ascending.</summary>
    public List<(int Dim, int[] Features)> Planes { get; } = [];

    private void Plant(Span<double> column, double[][] basis, PlantedOptions options)
    {
        double[] inside = new double[_dim];
        double[] angle = [.. basis.Select(_ => Gaussian())];
        for (int a = 0; a < basis.Length; a++)
        {
            for (int d = 0; d < _dim; d++)
                inside[d] += angle[a] * basis[a][d];
        }
        Normalise(inside);
        if (options.Sigma >= 0)
        {
            for (int d = 0; d < _dim; d++)
                inside[d] += options.Sigma * Gaussian();
            Normalise(inside);
            inside.CopyTo(column);
            return;
        }
        double[] outside = Direction();
        foreach (double[] axis in basis)
            Remove(outside, axis);
        Normalise(outside);
        for (int d = 0; d < _dim; d++)
            column[d] = (Math.Sqrt(1 - (options.Distance * options.Distance)) * inside[d]) + (options.Distance * outside[d]);
    }

    /// <summary>A unit vector with a given cosine to another.</summary>
    private void Mix(double[] with, double cosine, Span<double> column)
    {
        double[] other = Direction();
        Remove(other, with);
        Normalise(other);
        for (int d = 0; d < _dim; d++)
            column[d] = (cosine * with[d]) + (Math.Sqrt(1 - (cosine * cosine)) * other[d]);
    }

    private double[][] Basis(int dim)
    {
        double[][] basis = new double[dim][];
        for (int a = 0; a < dim; a++)
        {
            basis[a] = Direction();
            for (int b = 0; b < a; b++)
                Remove(basis[a], basis[b]);
            Normalise(basis[a]);
        }
        return basis;
    }

    private double[] Direction()
    {
        double[] x = new double[_dim];
        for (int d = 0; d < _dim; d++)
            x[d] = _scales[d] * Gaussian();
        Normalise(x);
        return x;
    }

    private static void Remove(double[] x, double[] axis)
    {
        double dot = 0;
        for (int d = 0; d < x.Length; d++)
            dot += x[d] * axis[d];
        for (int d = 0; d < x.Length; d++)
            x[d] -= dot * axis[d];
    }

    private static void Normalise(double[] x)
    {
        double norm = Math.Sqrt(x.Sum(v => v * v));
        for (int d = 0; d < x.Length; d++)
            x[d] /= norm;
    }

    private double Gaussian()
    {
        if (!double.IsNaN(_spare))
        {
            double kept = _spare;
            _spare = double.NaN;
            return kept;
        }
        double r = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())),
            phi = 2 * Math.PI * _random.NextDouble();
        _spare = r * Math.Sin(phi);
        return r * Math.Cos(phi);
    }
}
