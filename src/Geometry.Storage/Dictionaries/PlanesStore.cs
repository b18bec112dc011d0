using System.Globalization;
using System.Text;
using Geometry.Dictionaries;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Dictionaries;

/// <summary>Tables <c>dictionaries</c>, <c>planes</c> and <c>plane_features</c> of results.sqlite, written in one transaction.</summary>
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

    /// <summary>Replaces the dictionaries and planes of the folder.</summary>
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
                .Bind(Dictionaries.At("source"), Utf8(d.Source))
                .Bind(Dictionaries.At("instance"), (long)d.Instance)
                .Bind(Dictionaries.At("features"), (long)d.Features)
                .Bind(Dictionaries.At("dim"), (long)d.Dim)
                .Bind(Dictionaries.At("duplicates"), (long)d.Duplicates)
                .Bind(Dictionaries.At("epsilon"), d.Epsilon)
                .Bind(Dictionaries.At("cutoff"), d.Cutoff.Used)
                .Bind(Dictionaries.At("wanted_cutoff"), d.Cutoff.Wanted)
                .Bind(Dictionaries.At("effective_dim"), d.EffectiveDimension)
                .Bind(Dictionaries.At("fdr"), d.FalseDiscoveryRate)
                .Bind(Dictionaries.At("tested"), Utf8(PlaneRow.Joined(d.Tested)))
                .Bind(Dictionaries.At("planes"), (long)d.Planes)
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
                .Bind(Planes.At("source"), Utf8(row.Source))
                .Bind(Planes.At("instance"), (long)row.Instance)
                .Bind(Planes.At("plane"), (long)row.Place)
                .Bind(Planes.At("dim"), (long)row.Plane.Dim)
                .Bind(Planes.At("count"), (long)row.Plane.Count)
                .Bind(Planes.At("features"), Utf8(row.Features))
                .Bind(Planes.At("rms_deg"), n.Rms)
                .Bind(Planes.At("p_value"), n.P)
                .Bind(Planes.At("q_value"), n.Q)
                .Bind(Planes.At("shape"), Utf8(row.Plane.Shape))
                .Bind(Planes.At("residual_deg"), n.Residual)
                .Bind(Planes.At("mean_norm"), n.Norm)
                .Bind(Planes.At("log10_p"), n.LogP)
                .Bind(Planes.At("log10_q"), n.LogQ)
                .Bind(Planes.At("contains"), Utf8(row.Contains))
                .Bind(Planes.At("names"), Utf8(row.JoinedNames))
                .EndRow();
            for (int i = 0; i < row.Plane.Members.Length; i++)
            {
                PlaneMember member = row.Plane.Members[i];
                string coordinates = string.Join(' ', member.Coordinates.Select(x => x.ToString("G9", CultureInfo.InvariantCulture)));
                members.StartRow(1);
                members
                    .Bind(Features.At("source"), Utf8(row.Source))
                    .Bind(Features.At("instance"), (long)row.Instance)
                    .Bind(Features.At("plane"), (long)row.Place)
                    .Bind(Features.At("feature"), (long)member.Feature)
                    .Bind(Features.At("direction"), (long)member.Direction)
                    .Bind(Features.At("angle_deg"), member.Degrees)
                    .Bind(Features.At("coordinates"), Utf8(coordinates))
                    .Bind(Features.At("name"), Utf8(row.Names.Count > 0 ? row.Names[i] : ""))
                    .EndRow();
            }
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
