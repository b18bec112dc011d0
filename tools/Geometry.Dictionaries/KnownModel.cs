using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.Training;

namespace Geometry.Planted;

/// <summary>
/// A toy model whose features are known: trained modules, each in a plane of its own, and features with a dimension of their own, all
/// turned at random.
/// </summary>
/// <remarks>
/// The modules are models of 5 features in 2 dimensions, which learn pentagons, and of 8 in 3, which learn square antiprisms (Elhage et al.
/// 2022, arXiv 2209.10652), trained by this project's engine on sparse data. h = W x; x_i is zero but with a probability
/// <see cref="Density"/>, when it is uniform on [0, 1].
/// </remarks>
internal sealed class KnownModel
{
    public const double Density = 0.03;
    private const int Pentagons = 8,
        Antiprisms = 6,
        Dedicated = 30;

    private KnownModel(FeatureConfiguration weights, List<(string, int[], double[])> planes, string[] names) =>
        (Weights, Planes, Names) = (weights, planes, names);

    /// <summary>W.</summary>
    public FeatureConfiguration Weights { get; }

    /// <summary>The planes of the modules: name, features, orthonormal basis, k×m.</summary>
    public List<(string Name, int[] Features, double[] Basis)> Planes { get; }

    /// <summary>A name for each feature.</summary>
    public string[] Names { get; }

    /// <summary>Trains the modules and puts them together.</summary>
    public static KnownModel Train(int seed)
    {
        TrainingRun[] runs =
        [
            .. Enumerable.Range(0, Pentagons).Select(s => Run(s, 5, 2)),
            .. Enumerable.Range(0, Antiprisms).Select(s => Run(Pentagons + s, 8, 3)),
        ];
        var trained = new TrainedRun[runs.Length];
        new CpuTrainer(Environment.ProcessorCount).Train(runs, r => trained[r.Run.Index] = r, _ => { }, CancellationToken.None);
        int m = trained.Sum(t => t.Run.Model.Hidden) + Dedicated,
            n = trained.Sum(t => t.Run.Model.Features) + Dedicated;
        double[] turn = Rotation(new Random(seed), m),
            columns = new double[n * m];
        var planes = new List<(string, int[], double[])>();
        var names = new List<string>();
        int row = 0;
        foreach (TrainedRun t in trained)
        {
            (int features, int hidden) = (t.Run.Model.Features, t.Run.Model.Hidden);
            int first = names.Count;
            string name = features == 5 ? $"pentagon {planes.Count}" : $"antiprism {planes.Count - Pentagons}";
            for (int i = 0; i < features; i++)
            {
                names.Add($"{name}.{i}");
                for (int d = 0; d < hidden; d++)
                    Vectors.Axpy(t.Final.Weights[(d * features) + i], turn.AsSpan((row + d) * m, m), columns.AsSpan((first + i) * m, m));
            }
            planes.Add((name, [.. Enumerable.Range(first, features)], turn[(row * m)..((row + hidden) * m)]));
            row += hidden;
        }
        for (int i = 0; i < Dedicated; i++)
        {
            turn.AsSpan((row + i) * m, m).CopyTo(columns.AsSpan(names.Count * m));
            names.Add($"dedicated {i}");
        }
        return new KnownModel(new FeatureConfiguration(m, n, columns), planes, [.. names]);
    }

    /// <summary>Activations of one input.</summary>
    public void Draw(Random random, Span<float> h)
    {
        h.Clear();
        for (int i = 0; i < Weights.Features; i++)
        {
            if (random.NextDouble() >= Density)
                continue;
            double x = random.NextDouble();
            ReadOnlySpan<double> column = Weights.Column(i);
            for (int d = 0; d < h.Length; d++)
                h[d] += (float)(x * column[d]);
        }
    }

    private static TrainingRun Run(int index, int features, int hidden) =>
        new(
            index,
            index,
            new ModelShape(features, hidden, Activation.Relu, 1, true, true),
            new SparseData([.. Enumerable.Repeat(Density, features)], [.. Enumerable.Repeat(1.0, features)], FeatureGroups.None),
            new TrainingPlan(OptimizerKind.AdamW, 3e-3, 0, 0, Schedule.Cosine, 1024, 4000, 0)
        );

    /// <summary>Orthonormal rows, spread evenly over all rotations.</summary>
    private static double[] Rotation(Random random, int m)
    {
        double[] rows = new double[m * m];
        for (int i = 0; i < m; i++)
        {
            Span<double> row = rows.AsSpan(i * m, m);
            for (int d = 0; d < m; d++)
                row[d] = Normals.Next(random);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                    Vectors.Axpy(-Vectors.Dot(row, rows.AsSpan(j * m, m)), rows.AsSpan(j * m, m), row);
            }
            Vectors.Scale(1 / Vectors.Norm(row), row);
        }
        return rows;
    }
}
