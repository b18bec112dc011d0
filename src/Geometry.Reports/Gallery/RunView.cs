namespace Geometry.Reports.Gallery;

/// <summary>How a view is drawn.</summary>
public enum ViewKind
{
    /// <summary>Arrows in a plane.</summary>
    Plane,

    /// <summary>Arrows in space, with the hull.</summary>
    Space,

    /// <summary>Cosines as a heat map.</summary>
    Gram,
}

/// <summary>One picture of a run: a summand, or all of W where m ≤ 3.</summary>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Features">The features in it.</param>
/// <param name="Coordinates">Plane and space: 2 or 3 coordinates a feature, feature-major; Gram: cosines, row-major count × count.</param>
/// <param name="Groups">The features of each summand in it, as indices into <paramref name="Features"/>; polygons in order around
/// them.</param>
/// <param name="Faces">Faces of the hull, as indices into <paramref name="Features"/>; empty where there is none.</param>
public sealed record RunView(
    ViewKind Kind,
    string Title,
    IReadOnlyList<int> Features,
    double[] Coordinates,
    IReadOnlyList<ViewGroup> Groups,
    IReadOnlyList<int[]> Faces
);

/// <summary>A summand in a view.</summary>
/// <param name="Shape">Its shape; "unlearned" for the features of none.</param>
/// <param name="Dim">Its dimension; 0 for the features of none.</param>
/// <param name="Members">Indices into the view's features; in a plane they go around the origin.</param>
public sealed record ViewGroup(string Shape, int Dim, IReadOnlyList<int> Members);

/// <summary>A run whose weights could be read.</summary>
/// <param name="Run">Index of the run.</param>
/// <param name="Weights">W, feature-major, n·m.</param>
/// <param name="Bias">b, length n; null when there is none.</param>
/// <param name="Views">Its pictures.</param>
public sealed record GalleryRun(int Run, double[] Weights, double[]? Bias, IReadOnlyList<RunView> Views);
