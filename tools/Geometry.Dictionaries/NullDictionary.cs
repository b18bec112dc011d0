using Geometry.Dictionaries;

namespace Geometry.Planted;

/// <summary>A dictionary without planes: directions of one or two populations, whose second moment the search has to estimate.</summary>
internal sealed class NullDictionary
{
    private readonly (double Share, ProjectedNormal Of)[] _populations;

    private NullDictionary((double, ProjectedNormal)[] populations) => _populations = populations;

    public ProjectedNormal[] Populations => [.. _populations.Select(p => p.Of)];

    /// <summary>
    /// <c>even</c>: no preferred direction; <c>spectrum</c>: eigenvalues i^−α; <c>populations</c>: nine in ten directions even, one in
    /// ten in a quarter of the dimensions, more likely near
    /// planes among themselves than the second moment of all of them says; <c>two-cones</c>: half of the directions about each of two
    /// orthogonal axes, at a cosine of about 0.5.
    /// </summary>
    public static NullDictionary Of(string kind, int dim, double anisotropy) =>
        kind switch
        {
            "even" => new([(1, new ProjectedNormal([.. Enumerable.Repeat(1.0, dim)]))]),
            "spectrum" => new([(1, new ProjectedNormal([.. Enumerable.Range(1, dim).Select(i => Math.Pow(i, -anisotropy))]))]),
            "populations" => new([
                (0.9, new ProjectedNormal([.. Enumerable.Repeat(1.0, dim)])),
                (0.1, new ProjectedNormal([.. Enumerable.Range(0, dim).Select(i => i < dim / 4 ? 1 : 0.01)])),
            ]),
            "two-cones" => new([
                .. Enumerable.Range(0, 2).Select(axis => (0.5, new ProjectedNormal([.. Enumerable.Repeat(1.0, dim)], 0.5, axis))),
            ]),
            _ => throw new FormatException($"null={kind}: expected even, spectrum, populations, two-cones or cones"),
        };

    public double[] Draw(Random random, int n, int dim)
    {
        double[] columns = new double[n * dim];
        for (int i = 0; i < n; i++)
        {
            double u = random.NextDouble();
            int p = 0;
            while (p < _populations.Length - 1 && u >= _populations[p].Share)
                u -= _populations[p++].Share;
            _populations[p].Of.Draw(random, columns.AsSpan(i * dim, dim));
        }
        return columns;
    }

    /// <summary>ln of the density of each population over that of the mixture, at one draw.</summary>
    public double[] LogShares(ReadOnlySpan<double> x)
    {
        double[] logs = new double[_populations.Length];
        double most = double.NegativeInfinity,
            sum = 0;
        for (int p = 0; p < logs.Length; p++)
            most = Math.Max(most, logs[p] = _populations[p].Of.LogDensity(x));
        for (int p = 0; p < logs.Length; p++)
            sum += _populations[p].Share * Math.Exp(logs[p] - most);
        for (int p = 0; p < logs.Length; p++)
            logs[p] -= most + Math.Log(sum);
        return logs;
    }
}
