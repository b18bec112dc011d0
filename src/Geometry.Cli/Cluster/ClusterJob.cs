namespace Geometry.Cli.Cluster;

/// <summary>What the scripts of a submitted sweep depend on.</summary>
internal sealed record ClusterJob
{
    /// <summary>The sweep's name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of shards, ≥ 1.</summary>
    public required int Shards { get; init; }

    /// <summary>The shards that are trained, ascending, from 1.</summary>
    public required IReadOnlyList<int> Pending { get; init; }

    /// <summary>The words that start this program.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Options of <c>train</c> beside spec, folder, shard, threads and resumption, each as words.</summary>
    public IReadOnlyList<string> TrainOptions { get; init; } = [];

    /// <summary>Options of <c>label</c> beside folder, threads and resumption.</summary>
    public IReadOnlyList<string> LabelOptions { get; init; } = [];

    /// <summary>Further <c>#SBATCH</c> lines of both scripts.</summary>
    public IReadOnlyList<string> SbatchLines { get; init; } = [];

    /// <summary>The words that start this very program again: the executable, or <c>dotnet</c> with the assembly.</summary>
    /// <param name="process">Path of this process's executable; null when unknown.</param>
    /// <param name="folder">Where the program's assemblies are.</param>
    public static IReadOnlyList<string> ThisProgram(string? process, string folder) =>
        Path.GetFileNameWithoutExtension(process) switch
        {
            "geometry" => [process!],
            "dotnet" => [process!, Path.Combine(folder, "geometry.dll")],
            _ => ["dotnet", Path.Combine(folder, "geometry.dll")],
        };
}
