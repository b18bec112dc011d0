using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Training;

/// <summary>Copies the labels of merged runs from the parts' databases.</summary>
/// <remarks>
/// Labels are merged only when every weight file of every part is labelled completely, with the same options and by the same build (<see
/// cref="PartLabels"/>); a mixture would look like one result without being one. Rows are inserted in the order of their keys in one
/// transaction: the database has all labels or none.
/// </remarks>
internal static class LabelMerge
{
    private const int FormulasListed = 3;
    private static readonly string[] s_tables = ["runs", "summands", "features", "failures"];

    /// <summary>Fills the merged folder's database and writes its CSV files; (null, reason) when that is not possible.</summary>
    public static (LabelSummary? Summary, string? Note) Run(
        IReadOnlyList<string> parts,
        RunPlaces places,
        IReadOnlyList<MergedFile> merged,
        OutputFolder folder,
        CancellationToken cancellation
    )
    {
        string[] databases = [.. parts.Select(p => Path.Combine(p, "results.sqlite"))];
        if (merged.Count == 0 || !databases.Any(File.Exists))
            return (null, null);
        if (Array.Find(databases, d => !File.Exists(d)) is { } absent)
            return (null, $"{absent} is missing");
        (PartLabels? labelled, string? note) = PartLabels.Find(databases, places.Files, cancellation);
        if (labelled is null)
            return (null, note);
        // In a labelled folder inputs have the order of their names, and the matrices of a file that of the file; the merged rows follow
        // both.
        MergedFile[] inputs =
        [
            .. merged
                .OrderBy(m => m.Source, StringComparer.Ordinal)
                .SelectMany(m => labelled.Matrices.Select(key => key is null ? m : m with { Source = $"{m.Source}#{key}", Matrix = key })),
        ];
        using ResultsDatabase target = folder.OpenDatabase(resume: false);
        try
        {
            LabelSummary? summary = null;
            folder.Publish(
                (labels, summands) =>
                {
                    LabelTally tally = Copy(target, places, inputs, labelled, labels, summands, cancellation);
                    InputLocations.Write(target, folder.Path, [.. inputs.Select(m => new InputFile(m.Path, m.Source))]);
                    summary = tally.Summary(target.CountFailures(), FormulasListed);
                }
            );
            return (summary, null);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(folder.Database, e);
        }
    }

    private static LabelTally Copy(
        ResultsDatabase target,
        RunPlaces places,
        MergedFile[] inputs,
        PartLabels labelled,
        Stream labels,
        Stream summands,
        CancellationToken cancellation
    )
    {
        string print = "";
        for (int position = 0; position < inputs.Length; position++)
        {
            MergedFile file = inputs[position];
            if (position == 0 || file.Path != inputs[position - 1].Path)
                print = ContentFingerprint.Of(file.Path);
            target.Begin(
                labelled.Of[(places.Files[0], file.Matrix)].Record with
                {
                    Source = file.Source,
                    Fingerprint = print,
                    Instances = file.Runs.Count,
                },
                position
            );
            target.Advance(file.Source, file.Runs.Count, complete: true);
        }
        InputRecord any = labelled.Of[(places.Files[0], labelled.Matrices[0])].Record;
        LabelTable[] tables = Tables(target, any.ParameterNames);
        using var pool = new RowsPool(tables);
        using var csv = new MergedCsv(labels, summands, tables, ResultsCsv.FurtherParameters([any]));
        BlockInsert[] inserts = [.. tables.Select(t => t.Insert(target.Connection))];
        try
        {
            IEnumerable<LabelWindow> windows = MergeWindow
                .Cut(inputs, (features, _) => LabelWindow.BytesOfRun(features))
                .Select(w => LabelWindow.Read(w, places, labelled.Of, tables, pool, cancellation));
            foreach (LabelWindow window in MergeWindow.Ahead(windows))
            {
                // Three threads: one writes text, this one fills the database, and that of Ahead reads the next window.
                Task text = Task.Run(() => csv.Write(window, cancellation), CancellationToken.None);
                try
                {
                    for (int t = 0; t < tables.Length; t++)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        window.Insert(t, inserts[t]);
                    }
                }
                finally
                {
                    ((IAsyncResult)text).AsyncWaitHandle.WaitOne();
                }
                text.GetAwaiter().GetResult();
                pool.Give(window.Rows);
            }
        }
        finally
        {
            foreach (BlockInsert insert in inserts)
                insert.Dispose();
        }
        target.Commit();
        return csv.Tally;
    }

    /// <summary>
    /// The tables with all their columns, which are added to the target. A parameter's column is made with the first run that is stored, so
    /// a part may lack it.
    /// </summary>
    private static LabelTable[] Tables(ResultsDatabase target, IReadOnlyList<string> parameters)
    {
        foreach (string parameter in parameters.Except(RunColumns.Parameters))
            ResultsDatabase.Execute(target.Connection, $"ALTER TABLE runs ADD COLUMN {ResultsSchema.Quote(parameter)}");
        return
        [
            .. s_tables.Select(t => new LabelTable(
                t,
                [.. ResultsSchema.ColumnsOf(target.Connection, t).Where(c => c is not ("source" or "instance"))]
            )),
        ];
    }
}
