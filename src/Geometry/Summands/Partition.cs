using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>A partition of the learned columns into blocks that span independent subspaces.</summary>
/// <param name="Blocks">The blocks with their dimensions.</param>
/// <param name="Terms">The sums from which its evidence is computed.</param>
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

    /// <summary>Whether a block holds exactly these features, given in ascending order.</summary>
    public bool Has(int[] features) => Array.Exists(Blocks, b => b.Features.AsSpan().SequenceEqual(features));

    /// <summary>Whether some blocks stand at free angles to each other.</summary>
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

/// <summary>A candidate for a summand: some features, their principal axes, and the dimension that the partition grants it.</summary>
/// <param name="Features">Indices into the learned columns, ascending.</param>
/// <param name="Axes">Principal axes of the unit columns.</param>
/// <param name="Node">Its index in the <see cref="BlockTable"/>, or −1.</param>
/// <param name="Dim">dim V_S; the first Dim axes span V_S.</param>
/// <param name="Group">Blocks of one group above 0 may stand at any angle to each other; all other pairs are orthogonal.</param>
internal sealed record Block(int[] Features, PrincipalAxes Axes, int Node, int Dim, int Group = 0)
{
    private Block?[]? _granted;

    /// <summary>
    /// The copy that <c>with</c> makes. The known evidence is not copied, because it does not hold for a changed block.
    /// </summary>
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

    /// <summary>The evidence of its shape, nats, which the <see cref="BlockTable"/> keeps here; NaN until it is known.</summary>
    public double KnownShape { get; set; } = double.NaN;

    /// <summary>The evidence of its lean, nats, likewise.</summary>
    public double KnownLean { get; set; } = double.NaN;

    /// <summary>The same block with another dimension; one dimension always gives the same object.</summary>
    public Block Granted(int dim) => dim == Dim ? this : (_granted ??= new Block?[Axes.Count + 1])[dim] ??= this with { Dim = dim };

    /// <summary>Whether the angle between the two subspaces is free.</summary>
    public bool IsFreeOf(Block other) => Group > 0 && Group == other.Group;

    /// <summary>
    /// (c − d)(r − d): the coordinates of its c columns that a d-dimensional subspace of R^r predicts, beyond those that fix the subspace.
    /// </summary>
    public long Constraints(int space) => (long)(Features.Length - Dim) * (space - Dim);

    /// <summary>Writes the coordinates of a vector along the first Dim axes.</summary>
    public void Project(ReadOnlySpan<double> x, Span<double> coordinates)
    {
        for (int k = 0; k < Dim; k++)
            coordinates[k] = Vectors.Dot(Axes.Axis(k), x);
    }

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

/// <summary>What the shape of a block is worth as evidence, nats.</summary>
internal interface IShapeEvidence
{
    /// <summary>
    /// Evidence that the block's columns form a known shape within its first Dim axes. It is negative when no shape explains them, and at
    /// most <see cref="PartitionScore.MostShapeEvidence"/>.
    /// </summary>
    double Shape(Block block);

    /// <summary>
    /// For two features that are named an antipode, −ln p of the angle between them, which measures the same thing as the pair's own
    /// constraints on another scale; 0 for any other block.
    /// </summary>
    double Lean(Block block);
}
