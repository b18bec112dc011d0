using Geometry.Configurations;
using Geometry.Dictionaries;

namespace Geometry.Planted;

/// <summary>A dictionary without planes: directions of one or two populations, whose second moment the search has to estimate.</summary>
internal sealed class NullDictionary
{
    private readonly (double Share, AngularGaussian Of)[] _populations;

    private NullDictionary((double, AngularGaussian)[] populations) => _populations = populations;

    public AngularGaussian[] Populations => [.. _populations.Select(p => p.Of)];

    /// <summary>
    /// <c>even</c>: no preferred direction; <c>spectrum</c>: eigenvalues i^−α; <c>populations</c>: nine in ten directions even, one in ten in a quarter of the dimensions, more likely near
    /// planes among themselves than the second moment of all of them says.
    /// </summary>
    public static NullDictionary Of(string kind, int dim, double anisotropy) => kind switch
    {
        "even" => new([(1, new AngularGaussian([.. Enumerable.Repeat(1.0, dim)]))]),
        "spectrum" => new([(1, new AngularGaussian([.. Enumerable.Range(1, dim).Select(i => Math.Pow(i, -anisotropy))]))]),
        "populations" => new([
            (0.9, new AngularGaussian([.. Enumerable.Repeat(1.0, dim)])),
            (0.1, new AngularGaussian([.. Enumerable.Range(0, dim).Select(i => i < dim / 4 ? 1 : 0.01)]))]),
        _ => throw new FormatException($"null={kind}: expected even, spectrum, populations or cones"),
    };

    public double[] Draw(Random random, int n, int dim)
    {
        double[] columns = new double[n * dim];
        for (int i = 0; i < n; i++)
        {
            double u = random.NextDouble();
            int p = 0;
            while (p < _populations.Length - 1 && u >= _populations[p].Share) u -= _populations[p++].Share;
            _populations[p].Of.Draw(random, columns.AsSpan(i * dim, dim));
        }
        return columns;
    }

    /// <summary>ln of the density of each population over that of the mixture, at directions given by their forms.</summary>
    public double[] LogShares(ReadOnlySpan<double> forms)
    {
        double[] logs = new double[forms.Length];
        double most = double.NegativeInfinity, sum = 0;
        for (int p = 0; p < logs.Length; p++) most = Math.Max(most, logs[p] = _populations[p].Of.LogDensity(forms[p]));
        for (int p = 0; p < logs.Length; p++) sum += _populations[p].Share * Math.Exp(logs[p] - most);
        for (int p = 0; p < logs.Length; p++) logs[p] -= most + Math.Log(sum);
        return logs;
    }
}
