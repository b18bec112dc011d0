using System.Globalization;
using System.Text;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Training;

/// <summary>The labels of a window's runs, table by table, from the databases of the parts.</summary>
internal sealed class LabelWindow
{
    private static readonly string[] s_order = ["", ", summand", ", feature", ", rowid"];
    private readonly byte[] _sources;
    private readonly int[] _sourceEnds;

    private LabelWindow(MergeWindow window, StoredRows[] rows)
    {
        Window = window;
        Rows = rows;
        // Pinned: SQLite reads them in place.
        _sources = GC.AllocateArray<byte>(window.Files.Sum(f => Encoding.UTF8.GetByteCount(f.Source)), pinned: true);
        _sourceEnds = new int[window.Files.Count];
        for (int f = 0, at = 0; f < _sourceEnds.Length; f++)
            _sourceEnds[f] = at += Encoding.UTF8.GetBytes(window.Files[f].Source, _sources.AsSpan(at));
    }

    /// <summary>About how many bytes a run of n features takes.</summary>
    public static long BytesOfRun(int features) => 256 + (48L * features);

    /// <summary>The files and runs.</summary>
    public MergeWindow Window { get; }

    /// <summary>The rows of each table, by the runs' places in the window.</summary>
    public StoredRows[] Rows { get; }

    /// <summary>The source of a file, UTF-8, at an address that does not change.</summary>
    /// <param name="file">Index of the file in the window.</param>
    public ReadOnlySpan<byte> Source(int file)
    {
        int start = file == 0 ? 0 : _sourceEnds[file - 1];
        return _sources.AsSpan(start, _sourceEnds[file] - start);
    }

    /// <summary>Reads the labels of a window's runs; one database is open at a time.</summary>
    /// <param name="window">The files and runs.</param>
    /// <param name="places">Where the runs are.</param>
    /// <param name="labelled">The labels of each part's file, or of each of its matrices.</param>
    /// <param name="tables">The tables to read.</param>
    /// <param name="pool">Where the memory comes from.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public static LabelWindow Read(
        MergeWindow window,
        RunPlaces places,
        IReadOnlyDictionary<(PartFile, string?), LabelledFile> labelled,
        LabelTable[] tables,
        RowsPool pool,
        CancellationToken cancellation
    )
    {
        var labels = new LabelWindow(window, pool.Take(window.Runs.Length));
        // The matrix of each run: a file that is labelled matrix by matrix is in the window once per matrix.
        string?[] matrixOf = [.. window.Files.SelectMany(f => Enumerable.Repeat(f.Matrix, f.Runs.Count))];
        foreach ((PartFile part, ArraySegment<RunPlace> runs) in places.Locate(window.Runs))
        {
            cancellation.ThrowIfCancellationRequested();
            string database = labelled[(part, matrixOf[runs[0].Slot])].Database;
            try
            {
                using SqliteConnection connection = ResultsDatabase.Connect(database);
                foreach (IGrouping<string?, RunPlace> own in runs.GroupBy(r => matrixOf[r.Slot]))
                {
                    RunPlace[] wanted = [.. own];
                    for (int t = 0; t < tables.Length; t++)
                        labels.Read(connection, t, tables[t], labelled[(part, own.Key)].Record.Source, wanted);
                }
            }
            catch (SqliteException e)
            {
                throw ResultsFile.Unusable(database, e);
            }
        }
        return labels;
    }

    /// <summary>Inserts the rows of one table, in the order of the merged files.</summary>
    /// <param name="table">The table.</param>
    /// <param name="insert">Inserts source, instance and the table's columns.</param>
    public void Insert(int table, BlockInsert insert)
    {
        var row = new StoredRow(Rows[table]);
        long left = Rows[table].Count;
        int slot = 0;
        for (int file = 0; file < Window.Files.Count; file++)
        {
            ReadOnlySpan<byte> source = Source(file);
            for (int instance = 0; instance < Window.Files[file].Runs.Count; instance++)
            {
                row.Start(slot++);
                while (row.Next())
                {
                    insert.StartRow(left--);
                    insert.BindInPlace(0, source).Bind(1, instance);
                    row.Bind(insert, 2);
                    insert.EndRow();
                }
            }
        }
    }

    private void Read(SqliteConnection connection, int table, LabelTable description, string source, RunPlace[] runs)
    {
        // Only the table of runs can lack columns: those of parameters that no stored run has.
        List<string>? stored = table == 0 ? ResultsSchema.ColumnsOf(connection, description.Name) : null;
        string cells = string.Concat(
            description.Columns.Select(c =>
                stored?.Contains(c, StringComparer.OrdinalIgnoreCase) == false ? ", NULL" : ", " + ResultsSchema.Quote(c)
            )
        );
        using var rows = new SqliteStatement(
            connection,
            $"SELECT instance{cells} FROM {description.Name} WHERE source = ? AND instance BETWEEN ? AND ? ORDER BY "
                + $"instance{s_order[table]}"
        );
        rows.Bind(0, source).Bind(1, runs[0].Instance).Bind(2, runs[^1].Instance);
        var checksum = new RowChecksum(description.Columns);
        int next = 0;
        while (rows.Read())
        {
            long instance = rows.Integer(0);
            while (next < runs.Length - 1 && runs[next].Instance < instance)
                next++;
            if (runs[next].Instance != instance)
                continue;
            if (!checksum.Holds(rows, 1))
                throw new ResultsException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{connection.DataSource}: the row of {source}, instance {instance}, is not as it was stored: the database "
                            + $"is damaged; label that part again with --resume"
                    )
                );
            Rows[table].Add(runs[next].Slot, rows, first: 1);
        }
    }
}

/// <summary>A table, with the columns that are copied: all but source and instance.</summary>
/// <param name="Name">runs, summands, features or failures.</param>
/// <param name="Columns">The columns, in the order of the parts.</param>
internal sealed record LabelTable(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>Prepares to insert rows of source, instance and the columns.</summary>
    public BlockInsert Insert(SqliteConnection target) => new(target, Name, ["source", "instance", .. Columns]);
}

/// <summary>Where the labels of a part's weight file are.</summary>
/// <param name="Database">The database that has its labels.</param>
/// <param name="Record">The input's record in that database.</param>
internal sealed record LabelledFile(string Database, InputRecord Record);
