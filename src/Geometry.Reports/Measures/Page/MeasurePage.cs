using Geometry.Measures;
using Geometry.Measures.Arrangements;
using Geometry.Measures.Topology;
using Geometry.Reports.Measures.Summaries;

namespace Geometry.Reports.Measures.Page;

/// <summary>The part of a report about measures.</summary>
public sealed record MeasurePage
{
    /// <summary>A report without measures.</summary>
    public static MeasurePage None { get; } =
        new()
        {
            Columns = [],
            Summaries = [],
            Barcodes = [],
            Planes = [],
        };

    /// <summary>Columns of the listed runs, shown beside their labels.</summary>
    public required IReadOnlyList<PageColumn> Columns { get; init; }

    /// <summary>Tables of the sweep's cells.</summary>
    public required IReadOnlyList<SummaryTable> Summaries { get; init; }

    /// <summary>Barcodes of a few runs.</summary>
    public required IReadOnlyList<PageBarcode> Barcodes { get; init; }

    /// <summary>Walls and cells of a few runs with two hidden dimensions.</summary>
    public required IReadOnlyList<PagePlane> Planes { get; init; }
}

/// <summary>A column of the table of runs.</summary>
/// <param name="Measure">Its measure.</param>
/// <param name="Name">Its name in the table of the measure.</param>
/// <param name="Cells">Its value for each listed run; empty where the run was not measured.</param>
public sealed record PageColumn(string Measure, string Name, IReadOnlyList<MeasureCell> Cells);

/// <summary>The barcode of a run, and the one that the join of its summands predicts.</summary>
/// <param name="Run">Index of the run.</param>
/// <param name="Bars">Its bars in the filtration <c>rips</c>.</param>
/// <param name="Predicted">Bars that the join predicts; null where it could not be computed.</param>
/// <param name="Blind">Shapes of the summands that have no bars before √2.</param>
public sealed record PageBarcode(int Run, IReadOnlyList<Bar> Bars, IReadOnlyList<PredictedBars>? Predicted, IReadOnlyList<string> Blind);

/// <summary>The picture of a run's arrangement.</summary>
/// <param name="Run">Index of the run.</param>
/// <param name="Picture">Walls and cells.</param>
public sealed record PagePlane(int Run, PlanePicture Picture);
