namespace Geometry.Storage.Sweeps;

/// <summary>The columns that every table of runs has; a further parameter of a sweep may have none of their names.</summary>
public static class RunColumns
{
    /// <summary>Columns of labels.csv; any further parameters follow.</summary>
    public static IReadOnlyList<string> Labels { get; } =
    [
        "source",
        "instance",
        "n",
        "m",
        "sparsity",
        "importance",
        "seed",
        "loss",
        "learned",
        "rank",
        "dims_per_feature",
        "frame_defect",
        "label",
        "formula",
        "max_residual_deg",
        "orthogonality_defect",
        "weights",
    ];

    /// <summary>The parameters that have a column of their own in labels.csv.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["sparsity", "importance", "seed", "loss"];

    /// <summary>Name of the column that holds the checksum of a row of the database.</summary>
    internal const string Checksum = "checksum";

    /// <summary>
    /// Columns of <c>runs</c> that labels.csv does not have: the estimated noise; a note on how the two routes differ (null: they agree);
    /// which subsets voted for planes; which route found the summands (null: nothing is learned); the checksum of the row.
    /// </summary>
    internal static IReadOnlyList<string> Diagnostics { get; } = ["noise_scale", "route_note", "route", "decided_by", Checksum];

    /// <summary>Whether a column of labels.csv or of <c>runs</c> has this name, so that no further parameter may have it.</summary>
    internal static bool IsReserved(string name) =>
        Labels.Contains(name, StringComparer.OrdinalIgnoreCase) || Diagnostics.Contains(name, StringComparer.OrdinalIgnoreCase);
}
