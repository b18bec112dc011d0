using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Storage.Dictionaries;

/// <summary>Writes planes.csv and the tables of results.sqlite, each whole or not at all.</summary>
internal static class PlaneResults
{
    /// <summary>Name of the CSV file.</summary>
    internal const string FileName = "planes.csv";

    /// <summary>Throws where the folder has a planes.csv that is not ours.</summary>
    /// <exception cref="ResultsException">There is such a file; the message names it.</exception>
    internal static void RefuseOther(OutputFolder folder) =>
        OwnFile.RefuseOther(Path.Combine(folder.Path, FileName), "source,instance,plane,");

    /// <summary>Replaces the planes of a folder.</summary>
    /// <exception cref="ResultsException">The folder cannot be written, or has a planes.csv that is not ours.</exception>
    internal static void Write(OutputFolder folder, IReadOnlyList<DictionarySearch> dictionaries, IReadOnlyList<PlaneRow> rows)
    {
        RefuseOther(folder);
        string path = Path.Combine(folder.Path, FileName);
        using (ResultsDatabase database = folder.OpenDatabase(resume: true))
            PlanesStore.Write(database, dictionaries, rows);
        AtomicFile.Write(path, stream =>
        {
            using var csv = new Utf8CsvWriter(stream);
            foreach (string column in PlaneRow.Columns)
                csv.Text(column);
            csv.EndRow();
            foreach (PlaneRow row in rows)
                Write(csv, row);
        });
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
        csv.Text(row.JoinedNames);
        csv.EndRow();
    }
}
