using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Expands the files and folders of a command line into weight files.</summary>
/// <remarks>
/// A file is taken as given, whatever its extension. A text that is no path and has a <c>*</c> or <c>?</c> is a pattern (<see
/// cref="FileGlob"/>). A folder is searched recursively for <see cref="Extensions"/> (in any case), and its files have the ordinal order of
/// their relative paths. Each folder is searched once, whatever links lead to it, so loops end. A folder that <c>train</c> wrote (it has
/// sweep.yaml and weights/) stands for its weights/ only: its checkpoints are weights of the same runs; to label them, name checkpoints/.
/// Inputs that cannot be used become entries with a failure: a missing path, an unreadable folder, a folder without weight files, a file
/// that was met before, and a second file with the same source (their results could not be told apart).
/// </remarks>
public static class InputDiscovery
{
    /// <summary>Extensions that are searched for in folders.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".npz", ".npy", ".safetensors", ".pt", ".pth", ".h5", ".hdf5"];

    private const int MaxLinks = 40;
    private const string TrainedSpec = "sweep.yaml";
    private const string TrainedWeights = "weights";

    /// <summary>Expands arguments in their order.</summary>
    /// <param name="arguments">Paths of files and folders.</param>
    public static IReadOnlyList<InputFile> Expand(IEnumerable<string> arguments)
    {
        var inputs = new List<InputFile>();
        foreach (string argument in arguments)
            Add(argument, inputs);
        return RefuseRepeated(inputs);
    }

    private static void Add(string argument, List<InputFile> inputs)
    {
        if (argument.Length == 0)
            inputs.Add(Failed(argument, "an empty path; expected a file or a folder"));
        else if (Directory.Exists(argument))
            AddFolder(argument, inputs);
        else if (File.Exists(argument))
            inputs.Add(new InputFile(argument, ForwardSlashes(argument)));
        else if (FileGlob.Applies(argument))
            AddMatches(argument, inputs);
        else
            inputs.Add(Failed(argument, "no such file or folder"));
    }

    private static void AddMatches(string pattern, List<InputFile> inputs)
    {
        try
        {
            List<string> matches = FileGlob.Expand(pattern);
            if (matches.Count == 0)
                inputs.Add(Failed(pattern, "no file or folder matches the pattern"));
            foreach (string match in matches)
                Add(match, inputs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            inputs.Add(Failed(pattern, "the pattern cannot be followed: " + Quoting.Plain(e.Message)));
        }
    }

    private static void AddFolder(string folder, List<InputFile> inputs)
    {
        var found = new List<InputFile>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var links = new Queue<string>();
        Search(folder, folder, visited, links, found);
        while (links.TryDequeue(out string? link))
            Search(link, folder, visited, links, found);
        found.Sort((a, b) => string.CompareOrdinal(a.Source, b.Source));
        if (found.Count == 0)
            found.Add(Failed(folder, $"the folder holds no weight files ({string.Join(' ', Extensions)})"));
        inputs.AddRange(found);
    }

    /// <summary>Searches a folder and its subfolders. Links to folders come last, so that real paths are met first.</summary>
    private static void Search(string folder, string root, HashSet<string> visited, Queue<string> links, List<InputFile> found)
    {
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out string? current))
        {
            try
            {
                if (!visited.Add(RealPath(current)))
                    continue;
                var entries = new DirectoryInfo(current).GetFileSystemInfos();
                Array.Sort(entries, (a, b) => string.CompareOrdinal(b.Name, a.Name));
                if (IsTrainedSweep(entries))
                    entries = [.. entries.Where(e => e.Name == TrainedWeights)];
                foreach (FileSystemInfo entry in entries)
                {
                    string path = Path.Combine(current, entry.Name);
                    bool isFolder = Directory.Exists(path);
                    if (isFolder && entry.LinkTarget is not null)
                        links.Enqueue(path);
                    else if (isFolder)
                        pending.Push(path);
                    else if (Extensions.Contains(Path.GetExtension(entry.Name), StringComparer.OrdinalIgnoreCase))
                        found.Add(new InputFile(path, ForwardSlashes(Path.GetRelativePath(root, path))));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                string source = current == root ? current : Path.GetRelativePath(root, current);
                found.Add(
                    new InputFile(current, ForwardSlashes(source)) { Failure = "the folder cannot be read: " + Quoting.Plain(e.Message) }
                );
            }
        }
    }

    private static bool IsTrainedSweep(FileSystemInfo[] entries) =>
        Array.Exists(entries, e => e.Name == TrainedSpec && e is FileInfo)
        && Array.Exists(entries, e => e.Name == TrainedWeights && e is DirectoryInfo);

    /// <summary>The folder's absolute path with every link on the way resolved.</summary>
    private static string RealPath(string folder, int links = 0)
    {
        if (links > MaxLinks)
            throw new IOException($"more than {MaxLinks} links on the way");
        string full = Path.GetFullPath(folder);
        string root = Path.GetPathRoot(full) ?? "";
        string real = root;
        foreach (string part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                real = RealPath(target.FullName, links + 1);
        }
        return real;
    }

    private static List<InputFile> RefuseRepeated(List<InputFile> inputs)
    {
        var bySource = new Dictionary<string, string>(StringComparer.Ordinal);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (int k = 0; k < inputs.Count; k++)
        {
            InputFile input = inputs[k];
            if (input.Failure is not null)
                continue;
            if (!paths.Add(Path.GetFullPath(input.Path)))
                inputs[k] = input with { Failure = "the file is given twice" };
            else if (!bySource.TryAdd(input.Source, input.Path))
                inputs[k] = input with
                {
                    Failure =
                        $"{input.Path.Quote()} has the same source as {bySource[input.Source].Quote()}; give the folder that holds both",
                };
        }
        return inputs;
    }

    private static InputFile Failed(string path, string failure) => new(path, ForwardSlashes(path)) { Failure = failure };

    private static string ForwardSlashes(string path) =>
        Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');
}

/// <summary>One input of a labelling job: a file to open, or a failure to report in its place.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Source">Its name in results: the path as given, or relative to the folder given, with forward slashes.</param>
public sealed record InputFile(string Path, string Source)
{
    /// <summary>Key of the array to read; null for the one that the options name.</summary>
    public string? Weights { get; init; }

    /// <summary>Order of the array's axes; null for the one that the options name.</summary>
    public WeightLayout? Layout { get; init; }

    /// <summary>Why there is nothing to open, as one line; null when there is a file.</summary>
    public string? Failure { get; init; }

    /// <summary>The options, completed by what is known about this input.</summary>
    public SweepFileOptions Complete(SweepFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Weights = Weights ?? options.Weights, Layout = Layout ?? options.Layout };
    }
}
