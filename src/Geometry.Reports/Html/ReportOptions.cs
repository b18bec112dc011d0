using Geometry.Atlas;
using Geometry.Reports.Theory;

namespace Geometry.Reports.Html;

/// <summary>How to make a report.</summary>
public sealed record ReportOptions
{
    /// <summary>Share of each cell's runs that the phase diagram keeps, those of lowest loss, in (0, 1].</summary>
    public double Best { get; init; } = 1;

    /// <summary>A folder to look for weight files in, besides where they were; null for none.</summary>
    public string? Inputs { get; init; }

    /// <summary>Forms that the report can draw, beside those of an atlas.yaml in the folder.</summary>
    public FormAtlas Atlas { get; init; } = FormAtlas.BuiltIn;

    /// <summary>Folder for the figures as SVG; null for none.</summary>
    public string? Figures { get; init; }

    /// <summary>Most runs in the page's table; the phase diagram counts all of them whatever this is.</summary>
    public int MostRuns { get; init; } = 20000;

    /// <summary>Most cells in the page's phase diagram; of more, evenly spread values of the longest axes are shown.</summary>
    public int MostCells { get; init; } = 10000;

    /// <summary>Most points in a scatter plot.</summary>
    public int MostPoints { get; init; } = 20000;

    /// <summary>Most numbers for the weights and coordinates of the runs that can be drawn.</summary>
    public int MostWeights { get; init; } = 600000;

    /// <summary>Most runs to label along their training.</summary>
    public int MostCurves { get; init; } = 8;

    /// <summary>
    /// Expectations of theory to share with the phase diagram of the same sweep; null to compute them for this report alone.
    /// </summary>
    public TheoryMemo? Theory { get; init; }
}
