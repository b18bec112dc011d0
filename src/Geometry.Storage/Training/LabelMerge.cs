using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Training;

/// <summary>Copies the labels of merged runs from the parts' databases.</summary>
/// <remarks>
/// A part's weight file is found in its database by content, whatever it was called when it was labelled. Labels are merged only when every weight file of every part is labelled
/// completely, with the same options by the same build: a mixture would look like one result and be none.
/// </remarks>
internal static class LabelMerge
{
    private static readonly string[] s_tables = ["runs", "summands", "features", "failures"];

    /// <summary>Fills the merged folder's database and writes its CSV files; (null, why) when that cannot be.</summary>
    public static (LabelSummary? Summary, string? Note) Run(IReadOnlyList<string> parts, IReadOnlyList<MergedFile> merged, OutputFolder folder)
    {
        string[] databases = [.. parts.Select(p => Path.Combine(p, "results.sqlite"))];
        if (!databases.Any(File.Exists)) return (null, null);
        if (Array.Find(databases, d => !File.Exists(d)) is { } absent) return (null, $"{absent} is missing");
        var inputs = new Dictionary<string, (string Database, InputRecord Record)>(StringComparer.Ordinal);
        foreach (string path in databases)
        {
            using ResultsDatabase part = ResultsDatabase.Open(path);
            foreach (InputRecord input in part.ReadInputs().Where(i => i.Complete)) inputs.TryAdd(input.Fingerprint, (path, input));
        }
        var labelled = new Dictionary<string, (string Database, InputRecord Record)>(StringComparer.Ordinal);
        foreach (string weights in merged.SelectMany(m => m.Instances).Select(p => p.Weights).Distinct(StringComparer.Ordinal))
        {
            if (!inputs.TryGetValue(ContentFingerprint.Of(weights), out (string Database, InputRecord Record) input)) return (null, $"{weights} is not labelled as it is");
            labelled.Add(weights, input);
        }
        InputRecord first = labelled.Values.First().Record;
        if (labelled.Values.Any(l => l.Record.Options != first.Options || !l.Record.ParameterNames.SequenceEqual(first.ParameterNames)))
            return (null, "the parts were labelled with different options or builds");
        using ResultsDatabase target = folder.OpenDatabase(resume: false);
        try
        {
            Copy(target, merged, labelled);
            folder.Publish(target);
            return (LabelSummary.Read(target, formulas: 3), null);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(folder.Database, e);
        }
    }

    private static void Copy(ResultsDatabase target, IReadOnlyList<MergedFile> merged, Dictionary<string, (string Database, InputRecord Record)> labelled)
    {
        // Rows of an input come in the order of its name when a folder is labelled.
        MergedFile[] ordered = [.. merged.OrderBy(m => m.Source, StringComparer.Ordinal)];
        for (int position = 0; position < ordered.Length; position++)
        {
            MergedFile file = ordered[position];
            InputRecord record = labelled[file.Instances[0].Weights].Record with
            {
                Source = file.Source,
                Fingerprint = ContentFingerprint.Of(file.Path),
                Instances = file.Instances.Count,
                Done = 0,
                Complete = false,
            };
            target.Begin(record, position);
        }
        target.Commit();
        var moves = merged.SelectMany(m => m.Instances.Select((place, instance) => (place, target: m.Source, instance)))
            .GroupBy(m => labelled[m.place.Weights].Database, StringComparer.Ordinal);
        foreach (var part in moves)
        {
            Execute(target, "ATTACH DATABASE ? AS part", part.Key);
            string[] extras = [.. Columns(target, "part", "runs").Except(Columns(target, "main", "runs"), StringComparer.OrdinalIgnoreCase)];
            foreach (string extra in extras) Execute(target, $"ALTER TABLE main.runs ADD COLUMN {ResultsSchema.Quote(extra)}");
            Execute(target, "BEGIN IMMEDIATE");
            foreach (string table in s_tables)
            {
                string rest = string.Join(", ", Columns(target, "part", table).Where(c => c is not ("source" or "instance")).Select(ResultsSchema.Quote));
                using var insert = new SqliteStatement(target.Connection, $"INSERT INTO main.{table}(source, instance, {rest}) SELECT ?, ?, {rest} FROM part.{table} WHERE source = ? AND instance = ?");
                foreach ((Place place, string source, int instance) in part)
                    insert.Bind(0, source).Bind(1, instance).Bind(2, labelled[place.Weights].Record.Source).Bind(3, place.Instance).Execute();
            }
            Execute(target, "COMMIT");
            Execute(target, "DETACH DATABASE part");
        }
        foreach (MergedFile file in ordered) target.Advance(file.Source, file.Instances.Count, complete: true);
        target.Commit();
    }

    private static List<string> Columns(ResultsDatabase database, string schema, string table)
    {
        using var rows = new SqliteStatement(database.Connection, $"SELECT name FROM pragma_table_info('{table}', '{schema}') ORDER BY cid");
        var names = new List<string>();
        while (rows.Read()) names.Add(rows.Text(0));
        return names;
    }

    private static void Execute(ResultsDatabase database, string sql, string? value = null)
    {
        using var statement = new SqliteStatement(database.Connection, sql);
        if (value is not null) statement.Bind(0, value);
        statement.Execute();
    }
}
