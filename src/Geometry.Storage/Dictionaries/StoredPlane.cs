using Geometry.Dictionaries;

namespace Geometry.Storage.Dictionaries;

/// <summary>A plane, read back from a folder that <c>planes</c> wrote.</summary>
public sealed record StoredPlane
{
    /// <summary>Name of the input.</summary>
    public required string Source { get; init; }

    /// <summary>Which of its weight matrices.</summary>
    public required int Instance { get; init; }

    /// <summary>Number of the plane in its dictionary, in the order of q.</summary>
    public required int Place { get; init; }

    /// <summary>k.</summary>
    public required int Dim { get; init; }

    /// <summary>Number of distinct directions.</summary>
    public required int Count { get; init; }

    /// <summary>Root mean square angle between directions and plane, degrees.</summary>
    public required double RmsDegrees { get; init; }

    /// <summary>log10 of p.</summary>
    public required double Log10P { get; init; }

    /// <summary>log10 of q.</summary>
    public required double Log10Q { get; init; }

    /// <summary>Name of the shape.</summary>
    public required string Shape { get; init; }

    /// <summary>RMS difference of angles from the shape, degrees; NaN without one.</summary>
    public required double ResidualDegrees { get; init; }

    /// <summary>Mean norm of the features' columns.</summary>
    public required double MeanNorm { get; init; }

    /// <summary>Numbers of smaller planes that it contains.</summary>
    public required IReadOnlyList<int> Contains { get; init; }

    /// <summary>The features, ascending, near-copies included.</summary>
    public required IReadOnlyList<PlaneMember> Members { get; init; }

    /// <summary>Their names; empty where none were given.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What to call member i: its name, or its number.</summary>
    public string NameOf(int i) =>
        Names.Count > 0 && Names[i].Length > 0 ? Names[i] : Members[i].Feature.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The same of a plane that was just found.</summary>
    public static StoredPlane Of(PlaneRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var n = row.Numbers;
        return new StoredPlane
        {
            Source = row.Source,
            Instance = row.Instance,
            Place = row.Place,
            Dim = row.Plane.Dim,
            Count = row.Plane.Count,
            RmsDegrees = n.Rms,
            Log10P = n.LogP,
            Log10Q = n.LogQ,
            Shape = row.Plane.Shape,
            ResidualDegrees = n.Residual,
            MeanNorm = n.Norm,
            Contains = row.Plane.Inside,
            Members = row.Plane.Members,
            Names = row.Names,
        };
    }
}
