using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>Tables and columns of <c>results.sqlite</c> and of the CSV files written from it.</summary>
/// <remarks>
/// <c>weights</c> is the key of the array where the matrices of a file were labelled one by one, else null. The first columns of
/// <c>runs</c> and <c>summands</c> are those of labels.csv and summands.csv, in that order. A further parameter of the runs is a column of
/// <c>runs</c> behind the fixed ones, added when the first input has it. <c>features.direction</c> is the index of the feature's direction
/// within its summand, null without a summand: features of a summand with the same index have the same direction. Rows are stored in the
/// order of (source, instance, …): the rows of an input lie together in each table, and deleting them is cheap.
/// </remarks>
public static class ResultsSchema
{
    /// <summary>Written into the file's header (<c>PRAGMA application_id</c>): ASCII "GEOM".</summary>
    public const int ApplicationId = 0x47454F4D;

    /// <summary>Written into the file's header (<c>PRAGMA user_version</c>); changes with the tables.</summary>
    public const int Version = 5;

    /// <summary>Columns of summands.csv.</summary>
    public static IReadOnlyList<string> SummandColumns { get; } =
    [
        "source",
        "instance",
        "summand",
        "dim",
        "count",
        "shape",
        "features",
        "residual_deg",
        "p_value",
        "sphere_radius",
        "sphere_rms",
        "center_norm",
        "directions",
    ];

    /// <summary>
    /// Columns of <c>summands</c> that summands.csv does not have. First the nearest shape and its parameter. Then a description of
    /// summands without a name, null for others: <c>angles_deg</c> has the distinct angles as angle×pairs, empty where they fall into no
    /// distinct classes; <c>symmetries</c> and <c>orbits</c> are null where unknown, and an order above 2⁶³ is a real number. The checksum
    /// of the row comes last.
    /// </summary>
    internal static IReadOnlyList<string> DescriptionColumns { get; } =
    ["nearest", "parameter", "angles_deg", "antipodal", "tight", "design", "symmetries", "orbits", RowChecksum.Column];

    /// <summary>Columns of <c>features</c>.</summary>
    internal static IReadOnlyList<string> FeatureColumns { get; } =
    ["source", "instance", "feature", "norm", "dimensionality", "learned", "summand", "bias", "direction", RowChecksum.Column];

    /// <summary>Columns of <c>failures</c>.</summary>
    internal static IReadOnlyList<string> FailureColumns { get; } = ["source", "instance", "message", RowChecksum.Column];

    /// <summary>
    /// The columns of <c>inputs</c> that its checksum covers. Of the others, <c>done</c> and <c>complete</c> are compared with the rows of
    /// the other tables.
    /// </summary>
    internal static IReadOnlyList<string> InputColumns { get; } = ["fingerprint", "options", "parameters", "instances", RowChecksum.Column];

    /// <summary>The position of a column in a list that must have it.</summary>
    internal static int Place(IReadOnlyList<string> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i] == name)
                return i;
        }
        throw new ArgumentException($"there is no column {name}", nameof(name));
    }

    /// <summary>Quotes a name as an SQL identifier.</summary>
    internal static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>The columns that a table of a database has, in order.</summary>
    internal static List<string> ColumnsOf(SqliteConnection connection, string table)
    {
        using var rows = new SqliteStatement(connection, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
        var names = new List<string>();
        while (rows.Read())
            names.Add(rows.Text(0));
        return names;
    }

    internal const string Create = """
        CREATE TABLE inputs(
          source TEXT PRIMARY KEY, position INTEGER NOT NULL, fingerprint TEXT NOT NULL, options TEXT NOT NULL, parameters TEXT NOT NULL,
          instances INTEGER NOT NULL, done INTEGER NOT NULL, complete INTEGER NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE runs(
          source TEXT NOT NULL, instance INTEGER NOT NULL, n INTEGER NOT NULL, m INTEGER NOT NULL,
          sparsity, importance, seed, loss,
          learned INTEGER NOT NULL, rank INTEGER NOT NULL, dims_per_feature REAL, frame_defect REAL,
          label TEXT NOT NULL, formula TEXT NOT NULL,
          max_residual_deg REAL, orthogonality_defect REAL, weights TEXT, noise_scale REAL, route_note TEXT,
          route TEXT NOT NULL, decided_by TEXT, checksum INTEGER NOT NULL,
          PRIMARY KEY(source, instance)) WITHOUT ROWID;
        CREATE TABLE summands(
          source TEXT NOT NULL, instance INTEGER NOT NULL, summand INTEGER NOT NULL, dim INTEGER NOT NULL, count INTEGER NOT NULL,
          shape TEXT NOT NULL, features TEXT NOT NULL, residual_deg REAL, p_value REAL,
          sphere_radius REAL, sphere_rms REAL, center_norm REAL,
          directions INTEGER NOT NULL, nearest TEXT, parameter REAL, angles_deg TEXT, antipodal INTEGER, tight INTEGER, design INTEGER,
          symmetries INTEGER, orbits INTEGER, checksum INTEGER NOT NULL,
          PRIMARY KEY(source, instance, summand)) WITHOUT ROWID;
        CREATE TABLE features(
          source TEXT NOT NULL, instance INTEGER NOT NULL, feature INTEGER NOT NULL, norm REAL NOT NULL, dimensionality REAL,
          learned INTEGER NOT NULL, summand INTEGER, bias REAL, direction INTEGER, checksum INTEGER NOT NULL,
          PRIMARY KEY(source, instance, feature)) WITHOUT ROWID;
        CREATE TABLE failures(source TEXT NOT NULL, instance INTEGER, message TEXT NOT NULL, checksum INTEGER NOT NULL);
        CREATE INDEX failures_by_source ON failures(source, instance);
        """;
}
