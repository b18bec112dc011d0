using System.Globalization;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Topology;

/// <summary>Persistent homology of a run's learned directions.</summary>
/// <remarks>
/// <para>
/// The filtration <c>rips</c> consists of the Vietoris–Rips complexes of the unit columns by their Euclidean distance. The filtration
/// <c>cosine</c> has the components, degree 0, by the distance 1 − |cos|, which also shows simplices.
/// </para>
/// <para>
/// Orthogonal summands are at the distance √2 from each other, so from √2 on the complex is the join of theirs, and spheres S^a, S^b that
/// exist at √2 become a sphere S^{a+b+1}. The join of all has homology in degree Σ dim − 1 at most; degrees are computed up to that and up
/// to <see cref="MostDegree"/>. A summand whose own edges are longer than √2 (a triangle, a simplex) does not show in this way. Source:
/// theory of joins, H̃_{k+1}(A*B) = ⊕ H̃_i(A) ⊗ H̃_{k−i}(B); J. Milnor, Ann. of Math. 63 (1956) 430, doi:10.2307/1970012.
/// </para>
/// </remarks>
public sealed class TopologyMeasure : IMeasure
{
    /// <summary>Largest degree that is computed.</summary>
    public const int MostDegree = 5;

    /// <summary>Largest number of simplices of the largest degree; degrees with more are left out.</summary>
    public const double MostSimplices = 1 << 22;

    /// <inheritdoc/>
    public string Name => "topology";

    /// <inheritdoc/>
    public string Description => "persistent homology of the learned directions";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["degree", "birth", "death", "filtration"];

    /// <inheritdoc/>
    public bool HasOneRow => false;

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, CancellationToken cancellation = default)
    {
        IReadOnlyList<int> learned = run.Learned;
        int n = learned.Count,
            wanted = Math.Clamp(run.Rank - 1, 0, MostDegree),
            degree = wanted;
        if (n == 0)
            return new MeasureResult([]);
        while (degree > 0 && RipsPersistence.Simplices(n, degree) > MostSimplices)
            degree--;
        (double[] distances, double[] cosines) = Distances(run.UnitColumns(learned), n, run.Weights.Hidden);
        var rows = new List<MeasureCell[]>();
        foreach (Bar bar in RipsPersistence.Of(distances, n, degree, run.Precision))
            rows.Add([bar.Degree, bar.Birth, bar.Death, "rips"]);
        foreach (Bar bar in RipsPersistence.Of(cosines, n, 0, run.Precision))
            rows.Add([bar.Degree, bar.Birth, bar.Death, "cosine"]);
        return new MeasureResult(
            rows,
            degree == wanted
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"degrees above {degree} are left out: {n} learned features have {RipsPersistence.Simplices(n, degree + 1):N0} "
                        + $"simplices of dimension {degree + 1}; expected at most {MostSimplices:N0}"
                )
        );
    }

    /// <summary>‖x_i − x_j‖ and 1 − |x_i·x_j| of unit vectors, n×n each.</summary>
    internal static (double[] Distances, double[] Cosines) Distances(double[] unit, int n, int m)
    {
        double[] distances = new double[n * n],
            cosines = new double[n * n],
            difference = new double[m];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> x = unit.AsSpan(i * m, m),
                    y = unit.AsSpan(j * m, m);
                x.CopyTo(difference);
                Vectors.Axpy(-1, y, difference);
                distances[(i * n) + j] = distances[(j * n) + i] = Vectors.Norm(difference);
                cosines[(i * n) + j] = cosines[(j * n) + i] = Math.Max(0, 1 - Math.Abs(Vectors.Dot(x, y)));
            }
        }
        return (distances, cosines);
    }
}
