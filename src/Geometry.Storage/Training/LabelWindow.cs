using System.Collections.Concurrent;
using System.Text;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Training;

/// <summary>The labels of a window's runs: what the parts' databases have of them, table by table.</summary>
internal sealed class LabelWindow
{
    private static readonly string[] s_order = ["", ", summand", ", feature", ", rowid"];
    private readonly StoredRows[] _rows;

    private LabelWindow(MergeWindow window, StoredRows[] rows)
    {
        Window = window;
        _rows = rows;
        foreach (StoredRows table in rows) table.Clear(window.Runs.Length);
    }

    /// <summary>Bytes that a run of n features takes, about.</summary>
    public static long BytesOfRun(int features) => 256 + (48L * features);

    /// <summary>The files and runs.</summary>
    public MergeWindow Window { get; }

    /// <summary>Reads the labels of a window's runs; one database is open at a time.</summary>
    /// <param name="window">The files and runs.</param>
    /// <param name="places">Where the runs are.</param>
    /// <param name="labelled">What labels each part's file.</param>
    /// <param name="tables">The tables to read.</param>
    /// <param name="spare">Memory of windows that are done with (<see cref="Recycle"/>); left to the collector, each would be tens of MB that it lets pile up.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public static LabelWindow Read(
        MergeWindow window, RunPlaces places, IReadOnlyDictionary<PartFile, LabelledFile> labelled, LabelTable[] tables, ConcurrentBag<StoredRows[]> spare, CancellationToken cancellation)
    {
        var labels = new LabelWindow(window, spare.TryTake(out StoredRows[]? rows) ? rows : [.. tables.Select(t => new StoredRows(t.Columns.Count))]);
        foreach ((PartFile part, ArraySegment<RunPlace> runs) in places.Locate(window.Runs))
        {
            cancellation.ThrowIfCancellationRequested();
            LabelledFile file = labelled[part];
            try
            {
                using SqliteConnection connection = ResultsDatabase.Connect(file.Database);
                for (int t = 0; t < tables.Length; t++) labels.Read(connection, t, tables[t], file.Record.Source, runs);
            }
            catch (SqliteException e)
            {
                throw ResultsFile.Unusable(file.Database, e);
            }
        }
        return labels;
    }

    /// <summary>Gives the memory back; the window is not used any more.</summary>
    public void Recycle(ConcurrentBag<StoredRows[]> spare) => spare.Add(_rows);

    /// <summary>Inserts the rows of one table, in the order of the merged files.</summary>
    public void Insert(SqliteConnection target, int table, LabelTable description)
    {
        string cells = string.Concat(description.Columns.Select(c => ", " + ResultsSchema.Quote(c)));
        using var insert = new BlockInsert(target, $"{description.Name}(source, instance{cells})", 2 + description.Columns.Count);
        int slot = 0;
        foreach (MergedFile file in Window.Files)
        {
            byte[] source = Encoding.UTF8.GetBytes(file.Source);
            for (int instance = 0; instance < file.Runs.Count; instance++) _rows[table].Insert(slot++, insert, source, instance);
        }
    }

    private void Read(SqliteConnection connection, int table, LabelTable description, string source, ArraySegment<RunPlace> runs)
    {
        // Only runs can lack columns: those of parameters that no stored run has.
        List<string>? stored = table == 0 ? ResultsSchema.ColumnsOf(connection, description.Name) : null;
        string cells = string.Concat(description.Columns.Select(c => stored?.Contains(c, StringComparer.OrdinalIgnoreCase) == false ? ", NULL" : ", " + ResultsSchema.Quote(c)));
        using var rows = new SqliteStatement(connection, $"SELECT instance{cells} FROM {description.Name} WHERE source = ? AND instance BETWEEN ? AND ? ORDER BY instance{s_order[table]}");
        rows.Bind(0, source).Bind(1, runs[0].Instance).Bind(2, runs[^1].Instance);
        int next = 0;
        while (rows.Read())
        {
            long instance = rows.Integer(0);
            while (next < runs.Count - 1 && runs[next].Instance < instance) next++;
            if (runs[next].Instance == instance) _rows[table].Add(runs[next].Slot, rows, first: 1);
        }
    }
}

/// <summary>A table with the columns that labels are copied by: all but source and instance.</summary>
/// <param name="Name">runs, summands, features or failures.</param>
/// <param name="Columns">In the parts' order.</param>
internal sealed record LabelTable(string Name, IReadOnlyList<string> Columns);

/// <summary>A part's weight file as it is labelled.</summary>
/// <param name="Database">The database that has its labels.</param>
/// <param name="Record">What that says of it.</param>
internal sealed record LabelledFile(string Database, InputRecord Record);
