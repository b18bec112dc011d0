using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Training;
using Geometry.Training;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Tests.Training;

/// <summary>Helpers for the tests of sweeps in this folder.</summary>
internal static class SweepFolder
{
    /// <summary>24 runs of two shapes with checkpoints.</summary>
    public const string Spec = """
        model: { features: 5, hidden: [2, 3], tied: false }
        data: { density: [1, 0.1], importance: { decay: 0.9 } }
        train: { learning_rate: [1e-3, 1e-2], steps: 100, checkpoints: 4 }
        seeds: 3
        """;

    public static TrainJobResult Train(
        string path,
        ITrainer trainer,
        string spec = Spec,
        Shard? shard = null,
        bool resume = false,
        string engine = "cpu",
        Action<RunFailure>? failed = null
    )
    {
        using OutputFolder folder = OutputFolder.Open(path);
        return TrainJob.Run(
            SweepSpec.Parse(spec),
            trainer,
            folder,
            new TrainJobOptions
            {
                Shard = shard ?? Shard.Whole,
                Resume = resume,
                Engine = engine,
                Failed = failed,
            },
            CancellationToken.None
        );
    }

    /// <summary>Labels a folder; all: each matrix of a model by itself.</summary>
    public static LabelJobResult Label(string path, bool all = false)
    {
        using OutputFolder folder = OutputFolder.Open(path);
        IReadOnlyList<InputFile> inputs = InputDiscovery.Expand([path]);
        return LabelJob.Run(
            all ? MatrixInputs.Expand(inputs, WeightLayout.Auto) : inputs,
            folder,
            new LabelJobOptions { Threads = 2 },
            CancellationToken.None
        );
    }

    public static MergeResult Merge(string path, params string[] parts)
    {
        using OutputFolder folder = OutputFolder.Open(path);
        return MergeJob.Run(parts, folder, CancellationToken.None);
    }

    /// <summary>Every file of a folder but the database, by relative path, with its bytes in hexadecimal.</summary>
    public static SortedDictionary<string, string> Content(string path) =>
        new(
            Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith(".sqlite", StringComparison.Ordinal))
                .ToDictionary(f => Path.GetRelativePath(path, f).Replace('\\', '/'), f => Convert.ToHexString(File.ReadAllBytes(f))),
            StringComparer.Ordinal
        );

    /// <summary>Every row of a folder's database, cell by cell with its type, in the order of the tables.</summary>
    public static List<string> Rows(string path)
    {
        using ResultsDatabase database = ResultsDatabase.Open(Path.Combine(path, "results.sqlite"));
        var found = new List<string>();
        foreach (string table in (ReadOnlySpan<string>)["inputs", "runs", "summands", "features", "failures", "locations"])
        {
            using var rows = new SqliteStatement(database.Connection, $"SELECT * FROM {table}");
            while (rows.Read())
                found.Add(
                    table
                        + string.Concat(
                            Enumerable.Range(0, rows.Columns).Select(c => $" {rows.ColumnName(c)}:{rows.Type(c)}:{rows.Text(c)}")
                        )
                );
        }
        return found;
    }
}
