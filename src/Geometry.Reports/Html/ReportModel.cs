using Geometry.Reports.Atlas;
using Geometry.Reports.Dictionaries;
using Geometry.Reports.Gallery;
using Geometry.Reports.Measures.Page;
using Geometry.Reports.Phases;
using Geometry.Reports.Recovery;
using Geometry.Reports.Theory;
using Geometry.Reports.Training;
using Geometry.Storage.Results;

namespace Geometry.Reports.Html;

/// <summary>The content of a report, from which the page and the figures are drawn.</summary>
public sealed record ReportModel
{
    /// <summary>Title: the name of the sweep, or else of the folder.</summary>
    public required string Title { get; init; }

    /// <summary>All runs over all swept parameters.</summary>
    public required PhaseTable Phases { get; init; }

    /// <summary>Share of each cell's runs that the phase diagram keeps.</summary>
    public required double Best { get; init; }

    /// <summary>For each axis the indices of the values in the page's phase diagram, ascending: all, or evenly spread ones.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Shown { get; init; }

    /// <summary>Transitions along every numeric axis.</summary>
    public required IReadOnlyList<Transition> Transitions { get; init; }

    /// <summary>Indices of the runs in the table, ascending: all, or evenly spread ones.</summary>
    public required IReadOnlyList<int> Listed { get; init; }

    /// <summary>D_i of the features, thinned evenly.</summary>
    public required IReadOnlyList<FeaturePoint> Features { get; init; }

    /// <summary>Number of features of all runs before thinning.</summary>
    public required long AllFeatures { get; init; }

    /// <summary>The runs that can be drawn.</summary>
    public required RunGallery Gallery { get; init; }

    /// <summary>The forms among the runs' summands, or those of an atlas.</summary>
    public required FormAlbum Forms { get; init; }

    /// <summary>Curves of some runs during training.</summary>
    public required IReadOnlyList<TrainingCurve> Training { get; init; }

    /// <summary>Number of runs with checkpoints.</summary>
    public required int TrainingRuns { get; init; }

    /// <summary>The results of measures.</summary>
    public MeasurePage Measures { get; init; } = MeasurePage.None;

    /// <summary>Planes of dictionaries.</summary>
    public PlanesPage Planes { get; init; } = PlanesPage.None;

    /// <summary>Rows of conjecture.csv.</summary>
    public required IReadOnlyList<RecoveryRow> Recovery { get; init; }

    /// <summary>The text of sweep.yaml; null when there is none.</summary>
    public required string? Spec { get; init; }

    /// <summary>The expectations of theory for the cells; null where it does not cover the sweep.</summary>
    public PhaseTheory? Theory { get; init; }

    /// <summary>Linear models beside their critical points; empty for other models.</summary>
    public IReadOnlyList<LinearRun> LinearRuns { get; init; } = [];

    /// <summary>Inputs and runs that could not be labelled.</summary>
    public required IReadOnlyList<InputFailure> Failures { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }
}

/// <summary>A feature of a run in a scatter plot.</summary>
/// <param name="Run">Index of the run.</param>
/// <param name="Feature">Index of the feature.</param>
/// <param name="Dimensionality">D_i.</param>
/// <param name="Shape">Shape of its summand; "unlearned" for none.</param>
public readonly record struct FeaturePoint(int Run, int Feature, double Dimensionality, string Shape);
