using System.Numerics.Tensors;
using Geometry.Grassmannian;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>Collects the irreducible Hough planes that split the span orthogonally, one vote after another.</summary>
internal sealed class SplittingPlanes(LearnedColumns columns, double noise)
{
    /// <summary>More subsets than this are not enumerated; n = 400 has 10.6 million triples.</summary>
    private const long MostSubsets = 1L << 26;

    private readonly bool[] _taken = new bool[columns.Count];

    /// <summary>The features of each plane found, in order of discovery.</summary>
    public List<int[]> Found { get; } = [];

    /// <summary>Whether the feature belongs to a plane found.</summary>
    public bool IsTaken(int feature) => _taken[feature];

    /// <summary>Lets the subsets of some features, less those already in a plane, vote for planes of one dimension.</summary>
    /// <param name="features">Ascending indices of learned columns.</param>
    /// <param name="dim">k.</param>
    /// <param name="epsilon">ε.</param>
    /// <returns>False when there are too many subsets to enumerate.</returns>
    public bool Vote(int[] features, int dim, double epsilon)
    {
        int m = columns.Hidden;
        features = Array.FindAll(features, f => !_taken[f]);
        if (features.Length <= dim) return true;
        if (KSubsets.Binomial(features.Length, dim) > MostSubsets) return false;

        var options = new HoughOptions { MinPlaneDim = dim, MaxPlaneDim = dim, Epsilon = epsilon, MaxSubsets = MostSubsets, Threads = 1 };
        double[] x = new double[features.Length * m];
        for (int i = 0; i < features.Length; i++) columns.Column(features[i]).CopyTo(x.AsSpan(i * m, m));
        foreach (HoughPlane plane in HoughTransform.Planes(x, m, features.Length, options))
        {
            int[] members = Array.ConvertAll(plane.Features, f => features[f]);
            if (Array.Exists(members, f => _taken[f])) continue;
            if (!Splits(members, dim, epsilon) || Reducibility.IsReducible(columns.Unit, m, members, dim, noise)) continue;
            foreach (int f in members) _taken[f] = true;
            Found.Add(members);
        }
        return true;
    }

    /// <summary>True when every feature outside is orthogonal to the plane and to every feature in it.</summary>
    private bool Splits(int[] features, int dim, double tolerance)
    {
        PrincipalAxes axes = PrincipalAxes.Of(columns.Unit, columns.Hidden, features);
        for (int j = 0, next = 0; j < columns.Count; j++)
        {
            if (next < features.Length && features[next] == j)
            {
                next++;
                continue;
            }
            foreach (int i in features)
            {
                if (Math.Abs(columns.Gram[i * columns.Count + j]) > DirectSum.LargestCosine) return false;
            }
            double inside = 0;
            for (int a = 0; a < dim; a++)
            {
                double cos = TensorPrimitives.Dot(axes.Axis(a), columns.Column(j));
                inside += cos * cos;
            }
            if (inside > tolerance * tolerance) return false;
        }
        return true;
    }
}
