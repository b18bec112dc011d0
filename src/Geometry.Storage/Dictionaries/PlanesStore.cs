using System.Globalization;
using System.Text;
using Geometry.Dictionaries;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Dictionaries;

/// <summary>Tables <c>dictionaries</c>, <c>planes</c> and <c>plane_features</c> of results.sqlite: written in one transaction.</summary>
internal static class PlanesStore
{
    /// <summary>Columns of <c>dictionaries</c>, each with its type.</summary>
    internal static readonly PlanesTable Dictionaries = new(
        "dictionaries",
        "source TEXT, instance INTEGER, features INTEGER, dim INTEGER, duplicates INTEGER, epsilon REAL, cutoff REAL, wanted_cutoff "
            + "REAL, effective_dim REAL, fdr REAL, tested TEXT, planes INTEGER",
        "source, instance"
    );

    /// <summary>Columns of <c>planes</c>: those of planes.csv.</summary>
    internal static readonly PlanesTable Planes = new(
        "planes",
        "source TEXT, instance INTEGER, plane INTEGER, dim INTEGER, count INTEGER, features TEXT, rms_deg REAL, p_value REAL, "
            + "q_value REAL, shape TEXT, residual_deg REAL NULL, mean_norm REAL, "
            + "log10_p REAL, log10_q REAL, contains TEXT, names TEXT",
        "source, instance, plane"
    );

    /// <summary>Columns of <c>plane_features</c>.</summary>
    internal static readonly PlanesTable Features = new(
        "plane_features",
        "source TEXT, instance INTEGER, plane INTEGER, feature INTEGER, direction INTEGER, angle_deg REAL, coordinates TEXT, name TEXT",
        "source, instance, plane, feature"
    );

    /// <summary>Replaces what the folder knows of dictionaries.</summary>
    /// <exception cref="ResultsException">The database cannot be written.</exception>
    internal static void Write(ResultsDatabase database, IReadOnlyList<DictionarySearch> dictionaries, IReadOnlyList<PlaneRow> rows)
    {
        try
        {
            database.Commit();
            ResultsDatabase.Execute(database.Connection, $"BEGIN IMMEDIATE; {Dictionaries.Create} {Planes.Create} {Features.Create}");
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
        using BlockInsert insert = Dictionaries.Insert(connection);
        foreach (DictionarySearch d in dictionaries)
        {
            insert.StartRow(1);
            insert
                .Bind(0, Utf8(d.Source))
                .Bind(1, (long)d.Instance)
                .Bind(2, (long)d.Features)
                .Bind(3, (long)d.Dim)
                .Bind(4, (long)d.Duplicates)
                .Bind(5, d.Epsilon)
                .Bind(6, d.Cutoff.Used)
                .Bind(7, d.Cutoff.Wanted)
                .Bind(8, d.EffectiveDimension)
                .Bind(9, d.FalseDiscoveryRate)
                .Bind(10, Utf8(PlaneRow.Joined(d.Tested)))
                .Bind(11, (long)d.Planes)
                .EndRow();
        }
    }

    private static void Insert(SqliteConnection connection, IReadOnlyList<PlaneRow> rows)
    {
        using BlockInsert planes = Planes.Insert(connection),
            members = Features.Insert(connection);
        foreach (PlaneRow row in rows)
        {
            var n = row.Numbers;
            planes.StartRow(1);
            planes
                .Bind(0, Utf8(row.Source))
                .Bind(1, (long)row.Instance)
                .Bind(2, (long)row.Place)
                .Bind(3, (long)row.Plane.Dim)
                .Bind(4, (long)row.Plane.Count)
                .Bind(5, Utf8(row.Features))
                .Bind(6, n.Rms)
                .Bind(7, n.P)
                .Bind(8, n.Q)
                .Bind(9, Utf8(row.Plane.Shape))
                .Bind(10, n.Residual)
                .Bind(11, n.Norm)
                .Bind(12, n.LogP)
                .Bind(13, n.LogQ)
                .Bind(14, Utf8(row.Contains))
                .Bind(15, Utf8(row.JoinedNames))
                .EndRow();
            for (int i = 0; i < row.Plane.Members.Length; i++)
            {
                PlaneMember member = row.Plane.Members[i];
                string coordinates = string.Join(' ', member.Coordinates.Select(x => x.ToString("G9", CultureInfo.InvariantCulture)));
                members.StartRow(1);
                members
                    .Bind(0, Utf8(row.Source))
                    .Bind(1, (long)row.Instance)
                    .Bind(2, (long)row.Place)
                    .Bind(3, (long)member.Feature)
                    .Bind(4, (long)member.Direction)
                    .Bind(5, member.Degrees)
                    .Bind(6, Utf8(coordinates))
                    .Bind(7, Utf8(row.Names.Count > 0 ? row.Names[i] : ""))
                    .EndRow();
            }
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
