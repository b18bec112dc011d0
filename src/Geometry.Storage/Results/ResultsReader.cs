using System.Globalization;
using System.Numerics;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>Reads the results of a labelled folder, row by row, in the order of labels.csv.</summary>
/// <remarks>
/// Opens <c>results.sqlite</c> and changes nothing in it. Memory: the rows that the caller keeps. Further parameters have the order of
/// labels.csv, in which the inputs first have them. Not for use from several threads.
/// </remarks>
public sealed class ResultsReader : IDisposable
{
    private const string Selected =
        "instance, n, m, sparsity, importance, seed, loss, learned, rank, dims_per_feature, frame_defect, label, formula, "
        + "max_residual_deg, orthogonality_defect, decided_by, noise_scale, weights";

    private const int FixedColumns = 18;
    private const int SummandCells = 15,
        FeatureCells = 6;
    private const int MostTexts = 4096;
    private readonly ResultsDatabase _database;
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    private readonly CancellationToken _cancellation;
    private readonly byte[][] _sources;

    private ResultsReader(string folder, ResultsDatabase database, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        Folder = folder;
        _database = database;
        Inputs = database.ReadInputs();
        _sources = [.. Inputs.Select(i => Encoding.UTF8.GetBytes(i.Source))];
        FurtherParameters = ResultsCsv.FurtherParameters(Inputs);
        Locations = InputLocations.Read(database);
    }

    /// <summary>The folder as given.</summary>
    public string Folder { get; }

    /// <summary>The inputs, in input order.</summary>
    public IReadOnlyList<InputRecord> Inputs { get; }

    /// <summary>Names of the parameters beyond sparsity, importance, seed and loss.</summary>
    public IReadOnlyList<string> FurtherParameters { get; }

    /// <summary>The paths of the weight files relative to the folder, by source; sources of results of older builds are missing.</summary>
    public IReadOnlyDictionary<string, string> Locations { get; }

    /// <summary>The database, for tables that are not those of the labels.</summary>
    internal ResultsDatabase Database => _database;

    /// <summary>Opens the results of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops the reading of rows.</param>
    /// <exception cref="ResultsException">There is no such folder, it holds no results, or they cannot be used.</exception>
    public static ResultsReader Open(string folder, CancellationToken cancellation = default)
    {
        if (File.Exists(folder))
            throw new ResultsException($"{folder}: is a file; expected a folder that 'geometry label' wrote");
        if (!Directory.Exists(folder))
            throw new ResultsException($"{folder}: no such folder");
        string path = Path.Combine(folder, "results.sqlite");
        if (!File.Exists(path))
            throw new ResultsException(
                $"{folder}: no results here (results.sqlite is missing); label some runs first: geometry label INPUT --out {folder}"
            );
        ResultsDatabase database = ResultsDatabase.Open(path);
        try
        {
            var reader = new ResultsReader(folder, database, cancellation);
            if (reader.Inputs.Count == 0)
                throw new ResultsException($"{folder}: the results are empty; label some runs first: geometry label INPUT --out {folder}");
            return reader;
        }
        catch (SqliteException e)
        {
            database.Dispose();
            throw ResultsFile.Unusable(path, e);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>All runs.</summary>
    public IEnumerable<StoredRun> ReadRuns()
    {
        HashSet<string> stored = new(ResultsSchema.ColumnsOf(_database.Connection, "runs"), StringComparer.OrdinalIgnoreCase);
        string further = string.Concat(FurtherParameters.Select(p => ", " + (stored.Contains(p) ? ResultsSchema.Quote(p) : "NULL")));
        using var rows = new SqliteStatement(
            _database.Connection,
            $"SELECT {Selected}{further}, * FROM runs WHERE source = ? ORDER BY instance"
        );
        var checksum = new RowChecksum(ResultsSchema.ColumnsOf(_database.Connection, "runs"));
        for (int input = 0; input < Inputs.Count; input++)
        {
            rows.Bind(0, Inputs[input].Source);
            var last = (-1L, 0L);
            long counted = _database.CountFailedInstances(Inputs[input].Source);
            while (rows.Read())
            {
                Require(checksum, rows, FixedColumns + FurtherParameters.Count, input, ref last, (rows.Integer(0), 0));
                counted++;
                ParameterValue[] values = FurtherParameters.Count == 0 ? [] : new ParameterValue[FurtherParameters.Count];
                for (int i = 0; i < values.Length; i++)
                    values[i] = Value(rows, FixedColumns + i);
                yield return new StoredRun
                {
                    Input = input,
                    Instance = (int)rows.Integer(0),
                    Features = (int)rows.Integer(1),
                    Hidden = (int)rows.Integer(2),
                    Sparsity = Value(rows, 3),
                    Importance = Value(rows, 4),
                    Seed = Value(rows, 5),
                    Loss = rows.Number(6),
                    Learned = (int)rows.Integer(7),
                    Rank = (int)rows.Integer(8),
                    DimsPerFeature = rows.Number(9),
                    FrameDefect = rows.Number(10),
                    Label = Shared(rows.Text(11)),
                    Formula = Shared(rows.Text(12)),
                    MaxResidualDegrees = rows.Number(13),
                    OrthogonalityDefect = rows.Number(14),
                    DecidedBy = rows.IsNull(15) ? "" : Shared(rows.Text(15)),
                    NoiseScale = rows.Number(16),
                    Weights = rows.IsNull(17) ? null : Shared(rows.Text(17)),
                    Further = values,
                };
            }
            if (counted < Inputs[input].Done)
                throw Damaged(
                    FormattableString.Invariant(
                        $"{Inputs[input].Done - counted} of the {Inputs[input].Done} runs of {Inputs[input].Source} are gone"
                    )
                );
        }
    }

    /// <summary>All summands, in the order of summands.csv.</summary>
    /// <param name="wanted">Which shapes to read; null for all.</param>
    public IEnumerable<StoredSummand> ReadSummands(Func<string, bool>? wanted = null)
    {
        using var rows = new SqliteStatement(
            _database.Connection,
            "SELECT instance, summand, dim, count, shape, features, residual_deg, p_value, directions, angles_deg, antipodal, "
                + "tight, design, symmetries, orbits, * FROM summands WHERE source = ? ORDER BY instance, summand"
        );
        var checksum = new RowChecksum(ResultsSchema.ColumnsOf(_database.Connection, "summands"));
        for (int input = 0; input < Inputs.Count; input++)
        {
            rows.Bind(0, Inputs[input].Source);
            var last = (-1L, 0L);
            long held = 0;
            while (rows.Read())
            {
                RequireNext(input, last, (rows.Integer(0), rows.Integer(1)), "summand");
                Require(checksum, rows, SummandCells, input, ref last, (rows.Integer(0), rows.Integer(1)));
                held += rows.Integer(3);
                string shape = rows.Text(4);
                if (wanted?.Invoke(shape) == false)
                    continue;
                int[] features =
                [
                    .. rows.Text(5)
                        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Select(f => int.Parse(f, CultureInfo.InvariantCulture)),
                ];
                yield return new StoredSummand(
                    input,
                    (int)rows.Integer(0),
                    (int)rows.Integer(1),
                    (int)rows.Integer(2),
                    shape,
                    features,
                    rows.Number(6),
                    rows.Number(7)
                )
                {
                    Directions = (int)rows.Integer(8),
                    Description = rows.IsNull(9) ? null : Description(rows, 9),
                };
            }
            RequireAll(input, held, "learned", "are in summands");
        }
    }

    /// <summary>All features of all runs, by run and then by feature.</summary>
    public IEnumerable<StoredFeature> ReadFeatures()
    {
        using var rows = new SqliteStatement(
            _database.Connection,
            "SELECT instance, feature, norm, dimensionality, summand, direction, * FROM features WHERE source = ? ORDER BY "
                + "instance, feature"
        );
        var checksum = new RowChecksum(ResultsSchema.ColumnsOf(_database.Connection, "features"));
        for (int input = 0; input < Inputs.Count; input++)
        {
            rows.Bind(0, Inputs[input].Source);
            var last = (-1L, 0L);
            long held = 0;
            while (rows.Read())
            {
                RequireNext(input, last, (rows.Integer(0), rows.Integer(1)), "feature");
                Require(checksum, rows, FeatureCells, input, ref last, (rows.Integer(0), rows.Integer(1)));
                held++;
                yield return new StoredFeature(
                    input,
                    (int)rows.Integer(0),
                    (int)rows.Integer(1),
                    rows.Number(2),
                    rows.Number(3),
                    rows.IsNull(4) ? -1 : (int)rows.Integer(4),
                    rows.IsNull(5) ? -1 : (int)rows.Integer(5)
                );
            }
            RequireAll(input, held, "n", "are there");
        }
    }

    /// <summary>What could not be labelled, in input order.</summary>
    public IReadOnlyList<InputFailure> ReadFailures() => [.. Inputs.SelectMany(i => _database.ReadFailures(i.Source))];

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static StoredDescription Description(SqliteStatement rows, int first) =>
        new(
            rows.Text(first),
            rows.Integer(first + 1) != 0,
            rows.Integer(first + 2) != 0,
            (int)rows.Integer(first + 3),
            rows.IsNull(first + 4) ? null : Order(rows, first + 4),
            rows.IsNull(first + 5) ? null : (int)rows.Integer(first + 5)
        );

    /// <summary>The order of a group; above 2⁶³ it is stored as a real number.</summary>
    private static BigInteger Order(SqliteStatement rows, int column) =>
        rows.Number(column) < long.MaxValue ? rows.Integer(column) : new BigInteger(rows.Number(column));

    /// <summary>
    /// Throws where a row is not as it was stored, or does not have a larger key than the row before; also checks for cancellation. All
    /// cells of the row follow from column <paramref name="first"/> on.
    /// </summary>
    private void Require(
        RowChecksum checksum,
        SqliteStatement row,
        int first,
        int input,
        ref (long, long) last,
        (long Instance, long Index) key
    )
    {
        _cancellation.ThrowIfCancellationRequested();
        // In a damaged table SQLite may find a row by the key of another.
        if (
            !row.Utf8(first).SequenceEqual(_sources[input])
            || !checksum.Holds(row, first)
            || key.CompareTo(last) <= 0
            || key.Instance > int.MaxValue
            || key.Index is < 0 or > int.MaxValue
        )
            throw Damaged(
                FormattableString.Invariant($"the row of {Inputs[input].Source}, instance {key.Instance}, is not as it was stored")
            );
        last = key;
    }

    /// <summary>
    /// Throws where the rows of a run are not numbered 0, 1, 2 …: a search may miss rows with damaged keys although the order looks right.
    /// </summary>
    private void RequireNext(int input, (long Instance, long Index) last, (long Instance, long Index) key, string what)
    {
        if (key.Index != (key.Instance == last.Instance ? last.Index + 1 : 0))
            throw Damaged(
                FormattableString.Invariant(
                    $"the {what} before {what} {key.Index} of {Inputs[input].Source}, instance {key.Instance}, is gone"
                )
            );
    }

    /// <summary>
    /// Throws where the rows of an input hold another number of features than the column <paramref name="counted"/> of its runs adds up to,
    /// as when the last rows of a run are gone.
    /// </summary>
    private void RequireAll(int input, long met, string counted, string what)
    {
        using var rows = new SqliteStatement(_database.Connection, $"SELECT COALESCE(SUM({counted}), 0) FROM runs WHERE source = ?");
        rows.Bind(0, Inputs[input].Source);
        if (rows.Read() && rows.Integer(0) is var stored && stored != met)
            throw Damaged(
                FormattableString.Invariant(
                    $"of {stored} {(counted == "n" ? "" : counted + " ")}features of {Inputs[input].Source} {met} {what}"
                )
            );
    }

    private ResultsException Damaged(string what) =>
        new($"{_database.Path}: {what}: the database is damaged; geometry label with --resume labels it again");

    /// <summary>
    /// Returns one string for equal texts: a million runs have a handful of labels and formulas, and callers keep the rows.
    /// </summary>
    private string Shared(string text)
    {
        if (_texts.TryGetValue(text, out string? known))
            return known;
        if (_texts.Count < MostTexts)
            _texts.Add(text);
        return text;
    }

    private static ParameterValue Value(SqliteStatement rows, int column) =>
        rows.Type(column) == raw.SQLITE_TEXT ? new ParameterValue(double.NaN, rows.Text(column)) : new ParameterValue(rows.Number(column));
}
