using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.Storage.Results;

namespace Geometry.Reports.Gallery;

/// <summary>Chooses the pictures of a run and computes their coordinates.</summary>
public static class RunViews
{
    private const int MostViews = 4;
    private const int LargestGram = 40;

    /// <summary>Largest number of cosines in the views of one run.</summary>
    internal const int MostCosines = MostViews * LargestGram * LargestGram;

    /// <summary>
    /// The pictures. For m ≤ 3, all columns of W in hidden space. Otherwise each summand of two or more dimensions: its leading principal
    /// axes for dim ≤ 3, its cosines above. Equal shapes are shown once, and at most four views per run.
    /// </summary>
    public static IReadOnlyList<RunView> Of(FeatureConfiguration w, IReadOnlyList<StoredSummand> summands)
    {
        if (w.Hidden is 2 or 3 && w.Features <= ConvexHull.MostPoints)
            return [Whole(w, summands)];
        var views = new List<RunView>();
        foreach (
            IGrouping<string, StoredSummand> same in summands
                .Where(s => s.Dim >= 2)
                .GroupBy(s => s.Shape, StringComparer.Ordinal)
                .Take(MostViews)
        )
        {
            int copies = same.Count();
            StoredSummand summand = same.First();
            string title = summand.Shape + (copies > 1 ? FormattableString.Invariant($", first of {copies}") : "");
            if (summand.Dim <= 3)
                views.Add(InOwnSpace(w, summand, title));
            else if (summand.Features.Count <= LargestGram)
                views.Add(Gram(w, summand, title));
        }
        return views;
    }

    private static RunView Whole(FeatureConfiguration w, IReadOnlyList<StoredSummand> summands)
    {
        int dim = w.Hidden;
        double[] points = w.Columns.ToArray();
        List<ViewGroup> groups = [.. summands.Select(s => Group(s.Shape, s.Dim, s.Features, points, dim))];
        HashSet<int> learned = [.. summands.SelectMany(s => s.Features)];
        int[] others = [.. Enumerable.Range(0, w.Features).Where(i => !learned.Contains(i))];
        if (others.Length > 0)
            groups.Add(new ViewGroup("unlearned", 0, others));
        IReadOnlyList<int[]> faces = [];
        if (dim == 3)
        {
            int[] body = [.. learned.Order()];
            faces =
            [
                .. ConvexHull
                    .Faces([.. body.SelectMany(i => points.AsSpan(3 * i, 3).ToArray())])
                    .Select(f => f.Select(v => body[v]).ToArray()),
            ];
        }
        return new RunView(dim == 2 ? ViewKind.Plane : ViewKind.Space, "W", [.. Enumerable.Range(0, w.Features)], points, groups, faces);
    }

    private static RunView InOwnSpace(FeatureConfiguration w, StoredSummand summand, string title)
    {
        int m = w.Hidden,
            dim = summand.Dim;
        double[] frame = new double[m * m],
            values = new double[m],
            axes = new double[m * m];
        foreach (int feature in summand.Features)
        {
            ReadOnlySpan<double> x = w.Column(feature);
            for (int a = 0; a < m; a++)
            {
                for (int b = 0; b < m; b++)
                    frame[(a * m) + b] += x[a] * x[b];
            }
        }
        SymmetricEigen.Decompose(frame, m, values, axes);
        double[] points = new double[summand.Features.Count * dim];
        for (int i = 0; i < summand.Features.Count; i++)
        {
            for (int k = 0; k < dim; k++)
                points[(i * dim) + k] = Vectors.Dot(w.Column(summand.Features[i]), axes.AsSpan(k * m, m));
        }
        int[] members = [.. Enumerable.Range(0, summand.Features.Count)];
        return new RunView(
            dim == 2 ? ViewKind.Plane : ViewKind.Space,
            title,
            summand.Features,
            points,
            [Group(summand.Shape, dim, members, points, dim)],
            dim == 3 ? ConvexHull.Faces(points) : []
        );
    }

    private static RunView Gram(FeatureConfiguration w, StoredSummand summand, string title)
    {
        int count = summand.Features.Count;
        double[] cosines = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> x = w.Column(summand.Features[i]);
            for (int j = 0; j < count; j++)
            {
                ReadOnlySpan<double> y = w.Column(summand.Features[j]);
                cosines[(i * count) + j] = Vectors.Dot(x, y) / (Vectors.Norm(x) * Vectors.Norm(y));
            }
        }
        return new RunView(
            ViewKind.Gram,
            title,
            summand.Features,
            cosines,
            [new ViewGroup(summand.Shape, summand.Dim, [.. Enumerable.Range(0, count)])],
            []
        );
    }

    private static ViewGroup Group(string shape, int dim, IReadOnlyList<int> members, double[] points, int space)
    {
        if (space != 2)
            return new ViewGroup(shape, dim, members);
        return new ViewGroup(shape, dim, [.. members.OrderBy(i => Math.Atan2(points[(2 * i) + 1], points[2 * i])).ThenBy(i => i)]);
    }
}

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
/// <param name="Title">Its title.</param>
/// <param name="Features">The features in it.</param>
/// <param name="Coordinates">For plane and space, 2 or 3 coordinates per feature, feature-major; for Gram, cosines, row-major count ×
/// count.</param>
/// <param name="Groups">The features of each summand in it, as indices into <paramref name="Features"/>; those of polygons in order around
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
/// <param name="Shape">Its shape; "unlearned" for features without a summand.</param>
/// <param name="Dim">Its dimension; 0 for features without a summand.</param>
/// <param name="Members">Indices into the view's features; in a plane they are ordered around the origin.</param>
public sealed record ViewGroup(string Shape, int Dim, IReadOnlyList<int> Members);

/// <summary>A run whose weights could be read.</summary>
/// <param name="Run">Index of the run.</param>
/// <param name="Weights">W, feature-major, n·m.</param>
/// <param name="Bias">b, length n; null when there is none.</param>
/// <param name="Views">Its pictures.</param>
public sealed record GalleryRun(int Run, double[] Weights, double[]? Bias, IReadOnlyList<RunView> Views);
