using System.Globalization;
using Geometry.Atlas;
using Geometry.Reports.Phases;
using Geometry.Reports.Tables;
using Geometry.Storage.Results;

namespace Geometry.Reports.Atlas;

/// <summary>Collects the cards of forms: of those in a labelled folder, or of all in an atlas.</summary>
public static class AlbumReader
{
    private const string Start = "form(";

    /// <summary>The forms among the summands of labelled runs.</summary>
    /// <param name="results">The labelled folder.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="known">Forms whose coordinates are known.</param>
    public static FormAlbum OfRuns(ResultsReader results, LabelledRuns runs, FormAtlas known)
    {
        Dictionary<string, Form> forms = known.Forms.ToDictionary(f => f.Name, StringComparer.Ordinal);
        StoredSummand[] summands = [.. results.ReadSummands(shape => shape.StartsWith(Start, StringComparison.Ordinal))];
        if (summands.Length == 0)
            return FormAlbum.None;
        Dictionary<(int, int), int> index = Enumerable
            .Range(0, runs.Runs.Count)
            .ToDictionary(k => (runs.Runs[k].Input, runs.Runs[k].Instance));
        FormCard[] cards =
        [
            .. summands
                .GroupBy(s => s.Shape, StringComparer.Ordinal)
                .Select(g =>
                    FormCard.Of(
                        g.Key,
                        forms.GetValueOrDefault(g.Key),
                        [
                            .. g.Select(s => (s, Run: index[(s.Input, s.Instance)]))
                                .DistinctBy(m => m.Run)
                                .Select(m => Member(runs, m.Run, m.s.ResidualDegrees)),
                        ]
                    )
                ),
        ];
        return new FormAlbum(Ordered(cards), false, "");
    }

    /// <summary>All forms of an atlas, with the runs in its members.csv, if there is one.</summary>
    /// <param name="folder">A folder with an atlas.yaml.</param>
    public static FormAlbum OfAtlas(string folder)
    {
        FormAtlas atlas = AtlasFolder.Read(folder);
        string path = Path.Combine(folder, AtlasCsv.MembersName);
        ILookup<string, (FormRun, FormPlace)> members = File.Exists(path)
            ? Members(folder, path)
            : Enumerable.Empty<(string, (FormRun, FormPlace))>().ToLookup(m => m.Item1, m => m.Item2);
        return new FormAlbum(Ordered(atlas.Forms.Select(f => FormCard.Of(f.Name, f, [.. members[f.Name]]))), true, atlas.Origin);
    }

    /// <summary>Most frequent first, by the runs that are read, or else by those from which the atlas was made.</summary>
    private static FormCard[] Ordered(IEnumerable<FormCard> cards) =>
        [
            .. cards
                .OrderByDescending(c => c.RunCount)
                .ThenByDescending(c => c.Form?.Origin?.Runs ?? 0)
                .ThenBy(c => c.Name, StringComparer.Ordinal),
        ];

    private static (FormRun, FormPlace) Member(LabelledRuns runs, int index, double residual)
    {
        StoredRun run = runs.Runs[index];
        return (
            new FormRun(index, "", null, residual),
            new FormPlace(run.Features, run.Hidden, Densities.Of(run.Sparsity.Number), 1, residual, double.NaN)
        );
    }

    private static ILookup<string, (FormRun, FormPlace)> Members(string folder, string path)
    {
        var table = CsvTable.Read(path, "form", "sweep", "source", "instance", "n", "m", "density", "residual_deg", "drift", "folder");
        var pages = new Dictionary<string, string?>(StringComparer.Ordinal);
        return table.Rows.ToLookup(
            r => r.Cells[0],
            r =>
            {
                double residual = table.Number(r, 7);
                if (!pages.TryGetValue(r.Cells[9], out string? page))
                    pages.Add(r.Cells[9], page = PageOf(folder, r.Cells[9]));
                string run = $"{r.Cells[2]},{r.Cells[3]}";
                return (
                    new FormRun(
                        -1,
                        $"{r.Cells[1]}: {r.Cells[2]}, instance {r.Cells[3]}",
                        page is null ? null : $"{page}#run={Uri.EscapeDataString(run)}",
                        residual
                    ),
                    new FormPlace(Whole(table, r, 4), Whole(table, r, 5), table.Number(r, 6), 1, residual, table.Number(r, 8))
                );
            }
        );
    }

    private static int Whole(CsvTable table, CsvTableRow row, int column) =>
        (int)Math.Clamp(table.Number(row, column) is var x && double.IsNaN(x) ? 0 : x, 0, int.MaxValue);

    /// <summary>A link from the atlas's folder to the report of a labelled folder; null where there is none.</summary>
    private static string? PageOf(string atlas, string folder)
    {
        try
        {
            if (folder.Length == 0 || !File.Exists(Path.Combine(atlas, folder, "report.html")))
                return null;
            string relative = Path.GetRelativePath(atlas, Path.Combine(atlas, folder, "report.html"));
            return string.Join(
                '/',
                relative.Split(Path.DirectorySeparatorChar).Select(part => part == ".." ? part : Uri.EscapeDataString(part))
            );
        }
        catch (ArgumentException)
        {
            // The name is not a possible path.
            return null;
        }
    }
}
