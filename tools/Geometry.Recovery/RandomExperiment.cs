using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Recovery;

/// <summary>Configurations without structure: how often are they given a name all the same?</summary>
internal static class RandomExperiment
{
    /// <summary>Independent uniform directions.</summary>
    public static FeatureConfiguration Directions(int n, int m, GaussianSource random)
    {
        double[] columns = new double[n * m];
        random.Normal(columns);
        for (int i = 0; i < n; i++)
        {
            double norm = Math.Sqrt(columns.Skip(i * m).Take(m).Sum(v => v * v));
            for (int k = 0; k < m; k++)
                columns[i * m + k] /= norm;
        }
        return new FeatureConfiguration(m, n, columns);
    }

    /// <summary>A uniform tight frame, WWᵀ = 1: its m rows are an orthonormal basis of a uniform m-plane of R^n.</summary>
    public static FeatureConfiguration TightFrame(int n, int m, GaussianSource random)
    {
        double[] columns = new double[n * m];
        for (int k = 0; k < m; k++)
        {
            for (int i = 0; i < n; i++)
                columns[i * m + k] = random.Normal();
            // Twice is enough (Kahan, in Parlett 1998, The Symmetric Eigenvalue Problem, §6.9).
            for (int pass = 0; pass < 2; pass++)
            {
                for (int l = 0; l <= k; l++)
                {
                    double dot = 0;
                    for (int i = 0; i < n; i++)
                        dot += columns[i * m + k] * columns[i * m + l];
                    for (int i = 0; i < n; i++)
                        columns[i * m + k] = l < k ? columns[i * m + k] - dot * columns[i * m + l] : columns[i * m + k] / Math.Sqrt(dot);
                }
            }
        }
        return new FeatureConfiguration(m, n, columns);
    }

    /// <summary>The nearest tight frame, (WWᵀ)^−½W.</summary>
    public static FeatureConfiguration Tightened(FeatureConfiguration w)
    {
        int m = w.Hidden,
            n = w.Features;
        double[] scatter = new double[m * m],
            values = new double[m],
            axes = new double[m * m],
            columns = new double[n * m];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < m; k++)
                Vectors.Axpy(w.Column(i)[k], w.Column(i), scatter.AsSpan(k * m, m));
        }
        SymmetricEigen.Decompose(scatter, m, values, axes);
        for (int i = 0; i < n; i++)
        {
            for (int a = 0; a < m; a++)
            {
                ReadOnlySpan<double> axis = axes.AsSpan(a * m, m);
                Vectors.Axpy(Vectors.Dot(axis, w.Column(i)) / Math.Sqrt(Math.Max(values[a], 1e-12)), axis, columns.AsSpan(i * m, m));
            }
        }
        return new FeatureConfiguration(m, n, columns);
    }

    /// <summary>Opposite pairs along the columns of W: ± each, the column at 2l and its opposite at 2l+1.</summary>
    public static FeatureConfiguration Opposites(FeatureConfiguration lines)
    {
        double[] columns = new double[2 * lines.Features * lines.Hidden];
        for (int l = 0; l < lines.Features; l++)
        {
            for (int k = 0; k < lines.Hidden; k++)
            {
                double x = lines.Column(l)[k];
                (columns[2 * l * lines.Hidden + k], columns[(2 * l + 1) * lines.Hidden + k]) = (x, -x);
            }
        }
        return new FeatureConfiguration(lines.Hidden, 2 * lines.Features, columns);
    }

    /// <summary>The same columns, each of length one.</summary>
    public static FeatureConfiguration Normalised(FeatureConfiguration w)
    {
        double[] columns = new double[w.Features * w.Hidden];
        for (int i = 0; i < w.Features; i++)
        {
            double norm = 0;
            foreach (double x in w.Column(i))
                norm += x * x;
            for (int k = 0; k < w.Hidden; k++)
                columns[i * w.Hidden + k] = w.Column(i)[k] / Math.Sqrt(norm);
        }
        return new FeatureConfiguration(w.Hidden, w.Features, columns);
    }

    /// <summary>How many of some configurations have a named summand of three or more directions, and their commonest formulas.</summary>
    public static (int Named, string Formulas) Run(int trials, Func<int, FeatureConfiguration> make)
    {
        string?[] named = new string?[trials];
        Parallel.For(0, trials, t =>
        {
            RunLabel label = LabelPipeline.Label(make(t), Labelling.Options);
            if (label.Summands.Any(s => s.Directions >= 3 && s.Match.IsNamed))
                named[t] = label.Formula;
        });
        var common = named
            .Where(f => f is not null)
            .GroupBy(f => f!)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(4);
        return (named.Count(f => f is not null), string.Join(", ", common.Select(g => $"{g.Key} {100.0 * g.Count() / trials:F2} %")));
    }
}
