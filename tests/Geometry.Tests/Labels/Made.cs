using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Tests.Labels;

/// <summary>Synthetic configurations from a formula.</summary>
internal static class Made
{
    public static SyntheticConfiguration From(string formula, SyntheticOptions options, long index = 0) =>
        SyntheticSum.Make(Parts(FormulaParser.Parse(formula)), options, index);

    public static List<SyntheticPart> Parts(Formula formula) =>
        [
            .. formula.Terms.SelectMany(t =>
                Enumerable.Repeat(new SyntheticPart(t.Dim, ShapeCatalogue.Default.Find(t.Shape).Vertices()), t.Multiplicity)
            ),
        ];

    /// <summary>A random direct sum of catalogue shapes of at most <paramref name="most"/> vertices that fits into R^m.</summary>
    public static Formula RandomFormula(GaussianSource random, int m, int most)
    {
        Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= m && s.Count <= most)];
        var terms = new List<FormulaTerm>();
        int dims = 0,
            target = 1 + random.Below(m);
        while (dims < target)
        {
            Shape pick = zoo[random.Below(zoo.Length)];
            if (dims + pick.Dim > m)
                continue;
            terms.Add(new FormulaTerm(1, pick.Name, pick.Dim, pick.Count));
            dims += pick.Dim;
        }
        return Formula.Of(terms);
    }

    /// <summary>The n columns, in R^m, of a uniform Parseval frame: m orthonormal rows of R^n.</summary>
    public static double[] TightFrame(int n, int m, GaussianSource random)
    {
        double[] columns = new double[n * m],
            row = new double[n];
        for (int k = 0; k < m; k++)
        {
            random.Normal(row);
            // Twice is enough (Kahan, in Parlett 1998, The Symmetric Eigenvalue Problem, §6.9).
            for (int pass = 0; pass < 2; pass++)
            {
                for (int l = 0; l < k; l++)
                {
                    double dot = 0;
                    for (int i = 0; i < n; i++)
                        dot += row[i] * columns[i * m + l];
                    for (int i = 0; i < n; i++)
                        row[i] -= dot * columns[i * m + l];
                }
            }
            double norm = Math.Sqrt(row.Sum(x => x * x));
            for (int i = 0; i < n; i++)
                columns[i * m + k] = row[i] / norm;
        }
        return columns;
    }

    /// <summary>Some columns of R^m with each coordinate off by σ, and rotated at random.</summary>
    public static FeatureConfiguration Moved(IReadOnlyList<double[]> columns, double sigma, GaussianSource random)
    {
        int m = columns[0].Length;
        double[] axes = TightFrame(m, m, random),
            moved = new double[columns.Count * m];
        for (int i = 0; i < columns.Count; i++)
        {
            for (int k = 0; k < m; k++)
            {
                for (int l = 0; l < m; l++)
                    moved[i * m + k] += axes[l * m + k] * columns[i][l];
                moved[i * m + k] += sigma * random.Normal();
            }
        }
        return new FeatureConfiguration(m, columns.Count, moved);
    }
}
