using System.Globalization;
using Geometry.Dictionaries;
using Geometry.Numerics;

namespace Geometry.Storage.Dictionaries;

/// <summary>A plane of planes.csv and of table <c>planes</c>.</summary>
/// <param name="Source">Name of the input.</param>
/// <param name="Instance">Index of its weight matrix in the input.</param>
/// <param name="Place">Number of the plane, in the order of q.</param>
/// <param name="Plane">The plane.</param>
/// <param name="Names">Names of its features; empty where none were given.</param>
public sealed record PlaneRow(string Source, int Instance, int Place, DictionaryPlane Plane, IReadOnlyList<string> Names)
{
    private const double Ln10 = 2.302585092994046;

    /// <summary>The columns, in order; new ones go last.</summary>
    internal static readonly string[] Columns =
    [
        "source",
        "instance",
        "plane",
        "dim",
        "count",
        "features",
        "rms_deg",
        "p_value",
        "q_value",
        "shape",
        "residual_deg",
        "mean_norm",
        "log10_p",
        "log10_q",
        "contains",
        "names",
    ];

    /// <summary>The plane's features, joined by spaces.</summary>
    internal string Features => Joined(Plane.Features);

    /// <summary>The numbers of the smaller planes inside it, joined by spaces.</summary>
    internal string Contains => Joined(Plane.Inside);

    /// <summary>The numbers of the row: rms_deg, p_value, q_value, residual_deg, mean_norm, log10_p and log10_q.</summary>
    internal (double Rms, double P, double Q, double Residual, double Norm, double LogP, double LogQ) Numbers =>
        (
            Plane.RmsDegrees,
            Elementary.Exp(Plane.LogP),
            Elementary.Exp(Plane.LogQ),
            Plane.ResidualDegrees,
            Plane.MeanNorm,
            Plane.LogP / Ln10,
            Plane.LogQ / Ln10
        );

    /// <summary>The names of its features, joined by bars, which are rarer in names than spaces; empty where none were given.</summary>
    internal string JoinedNames => string.Join('|', Names);

    /// <summary>Numbers joined by spaces.</summary>
    internal static string Joined(IEnumerable<int> numbers) =>
        string.Join(' ', numbers.Select(i => i.ToString(CultureInfo.InvariantCulture)));
}
