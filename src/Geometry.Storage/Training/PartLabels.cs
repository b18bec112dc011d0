using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Training;

/// <summary>Finds the labels of the weight files of a sweep's parts.</summary>
/// <remarks>A weight file is found in a part's database by its content, whatever its name was when it was labelled.</remarks>
/// <param name="Matrices">The matrices of every file that were labelled one by one, in the order of the file; a single null where files
/// were labelled as a whole.</param>
/// <param name="Of">The labels of each part's file, or of each of its matrices.</param>
internal sealed record PartLabels(IReadOnlyList<string?> Matrices, IReadOnlyDictionary<(PartFile File, string? Matrix), LabelledFile> Of)
{
    /// <summary>Finds the labels; (null, reason) where some are missing or differ in options or build.</summary>
    /// <exception cref="ResultsException">A database cannot be read.</exception>
    public static (PartLabels? Labels, string? Note) Find(string[] databases, IReadOnlyList<PartFile> files, CancellationToken cancellation)
    {
        var inputs = new Dictionary<string, List<(string? Matrix, LabelledFile File)>>(StringComparer.Ordinal);
        foreach (string path in databases)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                using ResultsDatabase part = ResultsDatabase.Open(path);
                foreach (IGrouping<string, InputRecord> same in part.ReadInputs().Where(i => i.Complete).GroupBy(i => i.Fingerprint))
                    inputs.TryAdd(same.Key, Matrix(path, [.. same]));
            }
            catch (SqliteException e)
            {
                throw ResultsFile.Unusable(path, e);
            }
        }
        var labelled = new Dictionary<(PartFile, string?), LabelledFile>();
        List<(string? Matrix, LabelledFile File)>? first = null;
        foreach (PartFile file in files)
        {
            if (!inputs.TryGetValue(ContentFingerprint.Of(file.Weights), out List<(string? Matrix, LabelledFile File)>? own))
                return (null, $"{file.Weights} is not labelled as it is");
            first ??= own;
            if (
                !own.Select(Kind).SequenceEqual(first.Select(Kind))
                || own.Any(o => !o.File.Record.ParameterNames.SequenceEqual(first[0].File.Record.ParameterNames))
            )
                return (null, "the parts were labelled with different options or builds");
            foreach ((string? matrix, LabelledFile of) in own)
                labelled.Add((file, matrix), of);
        }
        return (new PartLabels([.. first!.Select(f => f.Matrix)], labelled), null);

        static (string?, string) Kind((string? Matrix, LabelledFile File) of) => (of.Matrix, of.File.Record.Options);
    }

    /// <summary>
    /// Groups the inputs with one content: a file, the same file under several names (one is enough), or its matrices, <c>NAME#KEY</c>.
    /// </summary>
    private static List<(string? Matrix, LabelledFile File)> Matrix(string database, InputRecord[] inputs)
    {
        int mark = inputs[0].Source.LastIndexOf('#');
        string? name = mark < 0 ? null : inputs[0].Source[..(mark + 1)];
        InputRecord[] own = name is null
            ? []
            : [.. inputs.Where(i => i.Source.StartsWith(name, StringComparison.Ordinal) && i.Source.LastIndexOf('#') == mark)];
        return own.Length < 2
            ? [(null, new LabelledFile(database, inputs[0]))]
            : [.. own.Select(i => ((string?)i.Source[(mark + 1)..], new LabelledFile(database, i)))];
    }
}
