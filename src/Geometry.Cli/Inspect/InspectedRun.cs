using Geometry.Configurations;
using Geometry.Labels;

namespace Geometry.Cli.Inspect;

/// <summary>One run to be shown.</summary>
internal sealed record InspectedRun
{
    public required string Source { get; init; }

    /// <summary>Key of the matrix, where it is one of several; else null.</summary>
    public string? Weights { get; init; }

    public required int Instance { get; init; }

    public required int Instances { get; init; }

    /// <summary>Names and values of the parameters that the file holds for this run.</summary>
    public required IReadOnlyList<(string Name, double Value)> Parameters { get; init; }

    public required FeatureConfiguration Configuration { get; init; }

    /// <summary>b, length n; null when the file has none.</summary>
    public required double[]? Bias { get; init; }

    /// <summary>The decoder of an untied model; null for a tied one.</summary>
    public FeatureConfiguration? Decoder { get; init; }

    /// <summary>The directions of a softmax head's classes in the hidden space; null where there is none.</summary>
    public FeatureConfiguration? Head { get; init; }

    public required RunLabel Label { get; init; }
}
