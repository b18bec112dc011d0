using System.Globalization;
using Geometry.Dictionaries;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Dictionaries;

/// <summary>Tables <c>dictionaries</c>, <c>planes</c> and <c>plane_features</c> of results.sqlite: written in one transaction.</summary>
internal static class PlanesStore
{
    private const string Schema = """
        DROP TABLE IF EXISTS dictionaries; DROP TABLE IF EXISTS planes; DROP TABLE IF EXISTS plane_features;
        CREATE TABLE dictionaries(
          source TEXT NOT NULL, instance INTEGER NOT NULL, features INTEGER NOT NULL, dim INTEGER NOT NULL, duplicates INTEGER NOT NULL, epsilon REAL NOT NULL,
          cutoff REAL NOT NULL, wanted_cutoff REAL NOT NULL, effective_dim REAL NOT NULL, fdr REAL NOT NULL, tested TEXT NOT NULL, PRIMARY KEY(source, instance));
        CREATE TABLE planes(
          source TEXT NOT NULL, instance INTEGER NOT NULL, plane INTEGER NOT NULL, dim INTEGER NOT NULL, count INTEGER NOT NULL, features TEXT NOT NULL, rms_deg REAL NOT NULL,
          p_value REAL NOT NULL, q_value REAL NOT NULL, shape TEXT NOT NULL, residual_deg REAL, mean_norm REAL NOT NULL, log10_p REAL NOT NULL, log10_q REAL NOT NULL,
          contains TEXT NOT NULL, names TEXT NOT NULL, PRIMARY KEY(source, instance, plane));
        CREATE TABLE plane_features(
          source TEXT NOT NULL, instance INTEGER NOT NULL, plane INTEGER NOT NULL, feature INTEGER NOT NULL, direction INTEGER NOT NULL, angle_deg REAL NOT NULL,
          coordinates TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(source, instance, plane, feature))
        """;

    /// <summary>Replaces what the folder knows of dictionaries.</summary>
    /// <exception cref="ResultsException">The database cannot be written.</exception>
    internal static void Write(ResultsDatabase database, IReadOnlyList<DictionarySearch> dictionaries, IReadOnlyList<PlaneRow> rows)
    {
        try
        {
            database.Commit();
            ResultsDatabase.Execute(database.Connection, $"BEGIN IMMEDIATE; {Schema}");
            Insert(database.Connection, dictionaries);
            Insert(database.Connection, rows);
            ResultsDatabase.Execute(database.Connection, "COMMIT");
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(database.Path, e);
        }
    }

    private static void Insert(SqliteConnection connection, IReadOnlyList<DictionarySearch> dictionaries)
    {
        using var insert = new SqliteStatement(connection, "INSERT INTO dictionaries VALUES(?,?,?,?,?,?,?,?,?,?,?)");
        foreach (DictionarySearch d in dictionaries)
        {
            insert.Bind(0, d.Source).Bind(1, (long)d.Instance).Bind(2, (long)d.Features).Bind(3, (long)d.Dim).Bind(4, (long)d.Duplicates).Bind(5, d.Epsilon)
                .Bind(6, d.Cutoff.Used).Bind(7, d.Cutoff.Wanted).Bind(8, d.EffectiveDimension).Bind(9, d.FalseDiscoveryRate).Bind(10, PlaneRow.Joined(d.Tested)).Execute();
        }
    }

    private static void Insert(SqliteConnection connection, IReadOnlyList<PlaneRow> rows)
    {
        using var planes = new SqliteStatement(connection, $"INSERT INTO planes VALUES({string.Join(',', PlaneRow.Columns.Select(_ => "?"))})");
        using var members = new SqliteStatement(connection, "INSERT INTO plane_features VALUES(?,?,?,?,?,?,?,?)");
        foreach (PlaneRow row in rows)
        {
            var n = row.Numbers;
            planes.Bind(0, row.Source).Bind(1, (long)row.Instance).Bind(2, (long)row.Place).Bind(3, (long)row.Plane.Dim).Bind(4, (long)row.Plane.Count).Bind(5, row.Features)
                .Bind(6, n.Rms).Bind(7, n.P).Bind(8, n.Q).Bind(9, row.Plane.Shape).Bind(10, n.Residual).Bind(11, n.Norm).Bind(12, n.LogP).Bind(13, n.LogQ)
                .Bind(14, row.Contains).Bind(15, row.JoinedNames).Execute();
            for (int i = 0; i < row.Plane.Members.Length; i++)
            {
                PlaneMember member = row.Plane.Members[i];
                members.Bind(0, row.Source).Bind(1, (long)row.Instance).Bind(2, (long)row.Place).Bind(3, (long)member.Feature).Bind(4, (long)member.Direction).Bind(5, member.Degrees)
                    .Bind(6, string.Join(' ', member.Coordinates.Select(x => x.ToString("G9", CultureInfo.InvariantCulture)))).Bind(7, row.Names.Count > 0 ? row.Names[i] : "").Execute();
            }
        }
    }
}
