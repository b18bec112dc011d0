using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>A partition of the learned columns into blocks that span independent subspaces.</summary>
/// <param name="Blocks">The blocks with their dimensions.</param>
/// <param name="Terms">The sums that it is scored from.</param>
/// <param name="Evidence">Log-likelihood ratio against unstructured columns, nats.</param>
internal sealed record Partition(Block[] Blocks, ScoreTerms Terms, double Evidence)
{
    /// <summary>Σ d_S.</summary>
    public int Rank => Terms.Rank;

    /// <summary>
    /// Estimated standard deviation per coordinate of a unit column; NaN when nothing is constrained, so that there is nothing to estimate
    /// it from.
    /// </summary>
    public double Noise => Terms.Noise;

    /// <summary>Whether some summands stand at free angles.</summary>
    public bool IsOblique => Array.Exists(Blocks, static b => b.Group > 0);

    /// <summary>
    /// The largest cosine of a principal angle between the subspaces of two blocks; NaN with fewer than two. O(rank²·r + rank³).
    /// </summary>
    public double OrthogonalityDefect()
    {
        if (Blocks.Length < 2)
            return double.NaN;
        double largest = 0;
        for (int s = 0; s < Blocks.Length; s++)
        {
            for (int t = 0; t < s; t++)
                largest = Math.Max(largest, LargestCosine(Blocks[s], Blocks[t]));
        }
        return largest;
    }

    /// <summary>‖U_SᵀU_T‖₂, by the largest eigenvalue of its smaller Gram matrix.</summary>
    private static double LargestCosine(Block s, Block t)
    {
        if (s.Dim > t.Dim)
            (s, t) = (t, s);
        int d = s.Dim,
            e = t.Dim;
        double[] cosines = new double[d * e],
            values = new double[d];
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b < e; b++)
                cosines[a * e + b] = Vectors.Dot(s.Axes.Axis(a), t.Axes.Axis(b));
        }
        SymmetricEigen.Decompose(Vectors.Gram(cosines, e, d), d, values, []);
        return Math.Min(1, Math.Sqrt(Math.Max(values[0], 0)));
    }
}

/// <summary>A candidate summand: some features, their principal axes, and the dimension that the partition grants it.</summary>
/// <param name="Features">Indices into the learned columns, ascending.</param>
/// <param name="Axes">Principal axes of the unit columns.</param>
/// <param name="Node">Its index in the <see cref="BlockTable"/>, or −1.</param>
/// <param name="Dim">dim V_S; the first Dim axes span it.</param>
/// <param name="Group">Blocks of one group above 0 may stand at any angle to each other; all other pairs are orthogonal.</param>
internal sealed record Block(int[] Features, PrincipalAxes Axes, int Node, int Dim, int Group = 0)
{
    private Block?[]? _granted;

    /// <summary>A changed block is another one: nothing is known of it.</summary>
    private Block(Block other) =>
        (Features, Axes, Node, Dim, Group, KnownShape, KnownLean) = (
            other.Features,
            other.Axes,
            other.Node,
            other.Dim,
            other.Group,
            double.NaN,
            double.NaN
        );

    /// <summary>The evidence of its shape, for the <see cref="BlockTable"/> to remember, nats; NaN until it is known.</summary>
    public double KnownShape { get; set; } = double.NaN;

    /// <summary>The evidence of its lean, likewise.</summary>
    public double KnownLean { get; set; } = double.NaN;

    /// <summary>The same block with another dimension: one object for each.</summary>
    public Block Granted(int dim) => dim == Dim ? this : (_granted ??= new Block?[Axes.Count + 1])[dim] ??= this with { Dim = dim };

    /// <summary>Whether the angle between the two subspaces is free.</summary>
    public bool IsFreeOf(Block other) => Group > 0 && Group == other.Group;

    /// <summary>
    /// (c − d)(r − d): the coordinates of its c columns that a d-dimensional subspace of R^r predicts, beyond those that fix the subspace.
    /// </summary>
    public long Constraints(int space) => (long)(Features.Length - Dim) * (space - Dim);

    /// <summary>Squared length of the columns outside the first Dim axes.</summary>
    public double Outside
    {
        get
        {
            double sum = 0;
            for (int k = Dim; k < Axes.Count; k++)
                sum += Axes.Value(k);
            return sum;
        }
    }
}

/// <summary>What the shape of a block says, in nats.</summary>
internal interface IShapeEvidence
{
    /// <summary>
    /// Evidence that the block's columns form a known shape within its first Dim axes; negative when nothing explains them, at most what
    /// <see cref="PartitionScore.MostShapeEvidence"/> says.
    /// </summary>
    double Shape(Block block);

    /// <summary>
    /// For two features that are named an antipode −ln p of their angle, which is another measure of what the pair's own constraints say; 0
    /// for any other block.
    /// </summary>
    double Lean(Block block);
}
