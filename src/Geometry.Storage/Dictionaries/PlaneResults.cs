using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Dictionaries;

/// <summary>Writes planes.csv and table <c>planes</c> of results.sqlite: whole, or not at all.</summary>
internal static class PlaneResults
{
    /// <summary>Name of the CSV file.</summary>
    internal const string FileName = "planes.csv";

    /// <summary>Replaces the planes of a folder.</summary>
    /// <exception cref="ResultsException">The folder's database cannot be written.</exception>
    internal static void Write(OutputFolder folder, IReadOnlyList<PlaneRow> rows)
    {
        OwnFile.RefuseOther(Path.Combine(folder.Path, FileName), "source,instance,plane,");
        using (ResultsDatabase database = folder.OpenDatabase(resume: true))
        {
            try
            {
                Store(database, rows);
            }
            catch (SqliteException e)
            {
                throw ResultsFile.Unusable(folder.Database, e);
            }
        }
        AtomicFile.Write(Path.Combine(folder.Path, FileName), stream =>
        {
            using var csv = new Utf8CsvWriter(stream);
            foreach (string column in PlaneRow.Columns) csv.Text(column);
            csv.EndRow();
            foreach (PlaneRow row in rows) Write(csv, row);
        });
    }

    private static void Store(ResultsDatabase database, IReadOnlyList<PlaneRow> rows)
    {
        database.Commit();
        ResultsDatabase.Execute(database.Connection, """
            BEGIN IMMEDIATE; DROP TABLE IF EXISTS planes;
            CREATE TABLE planes(
              source TEXT NOT NULL, instance INTEGER NOT NULL, plane INTEGER NOT NULL, dim INTEGER NOT NULL, count INTEGER NOT NULL, features TEXT NOT NULL, rms_deg REAL NOT NULL,
              p_value REAL NOT NULL, q_value REAL NOT NULL, shape TEXT NOT NULL, residual_deg REAL, mean_norm REAL NOT NULL, log10_p REAL NOT NULL, log10_q REAL NOT NULL,
              contains TEXT NOT NULL, names TEXT NOT NULL, PRIMARY KEY(source, instance, plane))
            """);
        using (var insert = new SqliteStatement(database.Connection, $"INSERT INTO planes VALUES({string.Join(',', PlaneRow.Columns.Select(_ => "?"))})"))
        {
            foreach (PlaneRow row in rows)
            {
                var n = row.Numbers;
                insert.Bind(0, row.Source).Bind(1, (long)row.Instance).Bind(2, (long)row.Place).Bind(3, (long)row.Plane.Dim).Bind(4, (long)row.Plane.Count).Bind(5, row.Features)
                    .Bind(6, n.Rms).Bind(7, n.P).Bind(8, n.Q).Bind(9, row.Plane.Shape);
                if (double.IsNaN(n.Residual)) insert.BindNull(10);
                else insert.Bind(10, n.Residual);
                insert.Bind(11, n.Norm).Bind(12, n.LogP).Bind(13, n.LogQ).Bind(14, row.Contains).Bind(15, string.Join('|', row.Names)).Execute();
            }
        }
        ResultsDatabase.Execute(database.Connection, "COMMIT");
    }

    private static void Write(Utf8CsvWriter csv, PlaneRow row)
    {
        var n = row.Numbers;
        csv.Text(row.Source);
        csv.Integer(row.Instance);
        csv.Integer(row.Place);
        csv.Integer(row.Plane.Dim);
        csv.Integer(row.Plane.Count);
        csv.Text(row.Features);
        csv.Number(n.Rms);
        csv.Number(n.P);
        csv.Number(n.Q);
        csv.Text(row.Plane.Shape);
        csv.Number(n.Residual);
        csv.Number(n.Norm);
        csv.Number(n.LogP);
        csv.Number(n.LogQ);
        csv.Text(row.Contains);
        csv.Text(string.Join('|', row.Names));
        csv.EndRow();
    }
}
