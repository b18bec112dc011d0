using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Theory;

namespace Geometry.Reports.Training;

/// <summary>A checkpoint and its level.</summary>
/// <param name="Source">File, relative to the folder of checkpoints.</param>
/// <param name="Instance">Its index in the file.</param>
/// <param name="Seed">The seed; NaN where unknown.</param>
/// <param name="Step">Training step.</param>
/// <param name="Loss">E‖x − x'‖², exact; NaN where it is unknown.</param>
/// <param name="Point">The k-gon at whose level it is; null for none.</param>
/// <param name="Plateau">Number of the plateau in its run, from 1; a plateau is neighbouring checkpoints at one level; 0 for none.</param>
public sealed record PlateauRow(string Source, int Instance, double Seed, double Step, double Loss, PolygonPoint? Point, int Plateau);

/// <summary>The levels of all checkpoints of a sweep (<see cref="PolygonLevels"/>).</summary>
/// <param name="Rows">In the order of the files.</param>
public sealed record PlateauTable(IReadOnlyList<PlateauRow> Rows)
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "plateaus.csv";

    private static readonly string[] s_columns = ["source", "instance", "seed", "step", "loss", "point", "level", "plateau"];

    /// <summary>Reads the checkpoints of a trained folder; null where there are none, or no levels.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="levels">The levels; null for none.</param>
    public static PlateauTable? Read(string folder, CheckpointLevels? levels)
    {
        if (levels is null)
            return null;
        var rows = new List<PlateauRow>();
        foreach (CheckpointSpan span in CheckpointFiles.Find(folder))
        {
            using SweepFile file = SweepFile.Open(span.File.Path, new SweepFileOptions());
            int plateau = 0;
            PolygonPoint? before = null;
            for (int i = span.Start; i < span.Start + span.Count; i++)
            {
                (double loss, PolygonPoint? point) = Place(file, i, levels);
                if (point is not null && point != before)
                    plateau++;
                before = point;
                rows.Add(
                    new PlateauRow(
                        span.File.Source,
                        i,
                        file.Parameter("seed", i) ?? double.NaN,
                        file.Parameter("step", i) ?? double.NaN,
                        loss,
                        point,
                        point is null ? 0 : plateau
                    )
                );
            }
        }
        return rows.Count == 0 ? null : new PlateauTable(rows);
    }

    /// <summary>The number of checkpoints at each level, from the highest level down.</summary>
    public IReadOnlyList<(PolygonPoint Point, int Checkpoints)> Counts =>
        [.. Rows.Where(r => r.Point is not null).GroupBy(r => r.Point!).OrderByDescending(g => g.Key.Loss).Select(g => (g.Key, g.Count()))];

    /// <summary>Writes the table.</summary>
    /// <exception cref="ResultsException">The file cannot be written.</exception>
    public void Write(string path) => CsvFile.Write(path, s_columns, csv =>
        {
            foreach (PlateauRow row in Rows)
            {
                csv.Text(row.Source);
                csv.Integer(row.Instance);
                csv.Number(row.Seed);
                csv.Number(row.Step);
                csv.Number(row.Loss);
                csv.Text(row.Point?.Name ?? "");
                csv.Number(row.Point?.Loss ?? double.NaN);
                if (row.Plateau > 0)
                    csv.Integer(row.Plateau);
                else
                    csv.Empty();
                csv.EndRow();
            }
        });

    private static (double, PolygonPoint?) Place(SweepFile file, int instance, CheckpointLevels levels)
    {
        try
        {
            return levels.Place(file.ReadConfiguration(instance), file.ReadBias(instance));
        }
        catch (InputException)
        {
            return (double.NaN, null);
        }
    }
}
