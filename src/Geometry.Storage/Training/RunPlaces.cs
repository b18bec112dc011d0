using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>A weight file of a part.</summary>
/// <param name="Part">The part's folder.</param>
/// <param name="Weights">The file.</param>
/// <param name="Checkpoints">The file of its checkpoints, in a sweep that keeps them.</param>
internal sealed record PartFile(string Part, string Weights, string Checkpoints);

/// <summary>A run in a part's file.</summary>
/// <param name="Instance">Its index in the file.</param>
/// <param name="Slot">Its index among the wanted runs.</param>
internal readonly record struct RunPlace(int Instance, int Slot);

/// <summary>
/// Which weight file of which part has each run of a sweep. Memory: eight bytes per run; each thread has one file open at a time.
/// </summary>
internal sealed class RunPlaces
{
    private const int Nowhere = -1;
    private readonly int[] _file;
    private readonly int[] _instance;
    private readonly List<PartFile> _files = [];

    private RunPlaces(int runs)
    {
        _file = new int[runs];
        _instance = new int[runs];
        Array.Fill(_file, Nowhere);
    }

    /// <summary>Every weight file of the parts.</summary>
    public IReadOnlyList<PartFile> Files => _files;

    /// <summary>Runs that no part has, ascending.</summary>
    public IReadOnlyList<int> Missing => [.. Enumerable.Range(0, _file.Length).Where(r => !Has(r))];

    /// <summary>Whether some part has a run.</summary>
    public bool Has(int run) => _file[run] != Nowhere;

    /// <summary>Reads all parts, in any order, and checks every byte against its checksum.</summary>
    /// <exception cref="ResultsException">A file is damaged or of another sweep, or two parts have the same run.</exception>
    public static RunPlaces Find(IReadOnlyList<string> parts, SweepGrid grid, CancellationToken cancellation)
    {
        var places = new RunPlaces(grid.Count);
        OrderedPipeline.Run(
            FilesOf(parts),
            file => (file, RunsOf(file, grid)),
            read => places.Add(read.file, read.Item2),
            Environment.ProcessorCount,
            4 * Environment.ProcessorCount,
            cancellation
        );
        return places;
    }

    /// <summary>Finds runs, file by file, in each by ascending instance.</summary>
    /// <param name="runs">Runs that some part has; a run's slot is its index here.</param>
    public IEnumerable<(PartFile File, ArraySegment<RunPlace> Runs)> Locate(IReadOnlyList<int> runs)
    {
        var keys = new long[runs.Count];
        var places = new RunPlace[runs.Count];
        for (int slot = 0; slot < runs.Count; slot++)
        {
            keys[slot] = ((long)_file[runs[slot]] << 32) | (uint)_instance[runs[slot]];
            places[slot] = new RunPlace(_instance[runs[slot]], slot);
        }
        Array.Sort(keys, places);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            long file = keys[start] >> 32;
            for (end = start + 1; end < keys.Length && keys[end] >> 32 == file; end++) { }
            yield return (_files[(int)file], new ArraySegment<RunPlace>(places, start, end - start));
        }
    }

    private static IEnumerable<PartFile> FilesOf(IReadOnlyList<string> parts)
    {
        foreach (string part in parts)
        {
            var files = new SweepFiles(part);
            if (!Directory.Exists(files.WeightsFolder))
                continue;
            foreach (string weights in Directory.GetFiles(files.WeightsFolder, "*.npz").Order(StringComparer.Ordinal))
                yield return new PartFile(part, weights, Path.Combine(files.CheckpointsFolder, Path.GetFileName(weights)));
        }
    }

    private static int[] RunsOf(PartFile part, SweepGrid grid)
    {
        using TrainedFile file = TrainedFile.Open(part.Weights, part.Checkpoints, grid);
        return file.Runs;
    }

    private void Add(PartFile part, int[] runs)
    {
        for (int i = 0; i < runs.Length; i++)
        {
            int run = runs[i];
            if (Has(run))
                throw new ResultsException(
                    FormattableString.Invariant($"{part.Weights}: run {run} is in {_files[_file[run]].Weights} too; the parts overlap")
                );
            _file[run] = _files.Count;
            _instance[run] = i;
        }
        _files.Add(part);
    }
}
