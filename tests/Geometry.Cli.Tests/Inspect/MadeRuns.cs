using Geometry.Cli.Inspect;
using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Spheres;

namespace Geometry.Cli.Tests.Inspect;

/// <summary>Runs with handwritten labels, so that the expected drawings are known.</summary>
internal static class MadeRuns
{
    /// <summary>A p-gon in the first two dimensions, then pairs ±e_3, ±e_4 …, then one feature of norm 0.01.</summary>
    public static InspectedRun Of(int vertices, int pairs)
    {
        int m = 2 + pairs,
            n = vertices + (2 * pairs) + 1;
        var columns = new double[m * n];
        for (int i = 0; i < vertices; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / vertices);
            columns[i * m] = cos;
            columns[(i * m) + 1] = sin;
        }
        for (int i = 0; i < 2 * pairs; i++)
            columns[((vertices + i) * m) + 2 + (i / 2)] = i % 2 == 0 ? 2 : -2;
        columns[(n - 1) * m] = 0.01;
        var summands = new List<Summand> { Made(2, [.. Enumerable.Range(0, vertices)], vertices == 5 ? "pentagon" : $"{vertices}-gon") };
        for (int i = 0; i < pairs; i++)
            summands.Add(Made(1, [vertices + (2 * i), vertices + (2 * i) + 1], "antipode"));
        var w = new FeatureConfiguration(m, n, columns);
        double[] norms = [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(w.Column(i).ToArray().Sum(x => x * x)))];
        return new InspectedRun
        {
            Source = "made.npz",
            Instance = 3,
            Instances = 9,
            Parameters = [("sparsity", 0.95)],
            Configuration = w,
            Bias = null,
            Label = new RunLabel
            {
                Label = "tegum-product",
                Formula = "pentagon + 2 antipode",
                Summands = summands,
                Learned = [.. Enumerable.Range(0, n - 1)],
                Rank = m,
                DimsPerFeature = 0.5,
                FrameDefect = 0.125,
                MaxResidualDegrees = 0.5,
                OrthogonalityDefect = 0.0625,
                Norms = norms,
                Dimensionalities = norms,
                NoiseScale = 0.015625,
                Agreement = new RouteAgreement(false, "features 0, 1 are split", "planes 1-3: 25 subsets"),
            },
        };
    }

    private static Summand Made(int dim, int[] features, string shape) =>
        new(dim, features, new ShapeMatch(shape, shape, 0.5, 1e-6, double.NaN), new Sphere(1, 0.25, 0.125));
}
