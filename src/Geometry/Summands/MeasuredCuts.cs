using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>What is known about a cut whatever dimensions its blocks are granted.</summary>
/// <param name="Beside">The small blocks.</param>
/// <param name="Further">Their axes beyond the first, each with the index of its block, in the order in which dimensions are
/// granted.</param>
/// <param name="Place">The position of P on the spine.</param>
/// <param name="LogDeterminants">ln det(G_P + μ) for every μ of the grid.</param>
/// <param name="Held">Σ_j Σ_a λ_a/(λ_a + μ)·(u_a·x_j)² over the columns j beside P, for every μ of the grid.</param>
/// <param name="Low">A lower bound on the misfit between all axes of P and the small blocks.</param>
/// <param name="High">An upper bound on the same, over those axes alone that are not <see cref="MeasuredCuts.Thin"/>.</param>
internal sealed record MeasuredCut(
    Block[] Beside,
    (double Value, int Block)[] Further,
    int Place,
    double[] LogDeterminants,
    double[] Held,
    double Low,
    double High
);

/// <summary>
/// The cuts of a merge tree with one large block P and small blocks beside it, and what Cholesky factors of G_P + μ say about each.
/// </summary>
internal sealed class MeasuredCuts
{
    /// <summary>Axes with a smaller eigenvalue than this are seldom granted.</summary>
    public const double Thin = 0.25;

    private const int MostGrid = 8;
    private const double SmallestMu = 1e-2;

    private readonly MeasuredCut?[] _cuts;

    /// <summary>Measures the cuts into two blocks and more. O(μ·n³/6).</summary>
    /// <param name="tree">The merge tree.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="spine">The nodes that P may be.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="finest">The largest number of blocks of a cut.</param>
    public MeasuredCuts(MergeTree tree, BlockTable blocks, CutSpine spine, double[] gram, int finest)
    {
        int n = tree.Leaves;
        _cuts = new MeasuredCut?[finest + 1];
        int[] place = new int[n];
        for (int i = 0; i < n; i++)
            place[spine.Order[i]] = i;
        for (int s = finest; s >= 2; s--)
        {
            if (spine.Cut(s) is not ({ } nodes, int on))
                continue;
            if (Grid.Length == 0)
                Grid = GridOf(nodes, blocks);
            Block[] beside = Array.ConvertAll(nodes, t => blocks[t]);
            _cuts[s] = new MeasuredCut(beside, Further(beside), on, new double[Grid.Length], new double[Grid.Length], 0, 0);
        }
        var factors = new SpineFactors(gram, n, spine.Order);
        for (int g = 0; g < Grid.Length; g++)
        {
            factors.Start(Grid[g]);
            for (int s = finest; s >= 2; s--)
            {
                if (_cuts[s] is not { } cut)
                    continue;
                factors.Extend(tree.Features(spine.Nodes[cut.Place]).Length);
                cut.LogDeterminants[g] = factors.LogDeterminant;
                double low = 0,
                    high = 0;
                foreach (Block block in cut.Beside)
                {
                    double top = block.Axes.Value(0),
                        thick = Thick(block),
                        held = 0;
                    foreach (int j in block.Features)
                        held += factors.Held(place[j]);
                    if (g == Above(top))
                        low += held * Math.Min(1, Grid[g] / top);
                    if (g == Below(thick))
                        high += held * Math.Max(1, Grid[g] / thick);
                    cut.Held[g] += held;
                }
                _cuts[s] = cut with { Low = cut.Low + low, High = cut.High + high };
            }
        }
    }

    /// <summary>The values of μ, ascending.</summary>
    public double[] Grid { get; } = [];

    /// <summary>The cut into <paramref name="count"/> blocks; null where it has no large block, or more than one.</summary>
    public MeasuredCut? this[int count] => count < _cuts.Length ? _cuts[count] : null;

    private static (double Value, int Block)[] Further(Block[] blocks)
    {
        var further = new List<(double Value, int Block)>();
        for (int b = 0; b < blocks.Length; b++)
        {
            PrincipalAxes axes = blocks[b].Axes;
            for (int k = 1; k < axes.Count && axes.Value(k) > 1e-9; k++)
                further.Add((axes.Value(k), b));
        }
        further.Sort(static (p, q) => p.Value != q.Value ? q.Value.CompareTo(p.Value) : p.Block.CompareTo(q.Block));
        return [.. further];
    }

    /// <summary>
    /// The values of μ: 1, the smallest and the largest of each group of the small blocks' eigenvalues, and two values beyond them. Groups
    /// are widened until there are few.
    /// </summary>
    private static double[] GridOf(int[] nodes, BlockTable blocks)
    {
        var values = new List<double>();
        foreach (int node in nodes)
        {
            PrincipalAxes axes = blocks[node].Axes;
            for (int k = 0; k < axes.Count && axes.Value(k) >= SmallestMu; k++)
                values.Add(axes.Value(k));
        }
        values.Sort();
        for (double width = 1.1; ; width *= width)
        {
            var grid = new List<double> { 1 };
            for (int i = 0, end; i < values.Count; i = end)
            {
                end = i + 1;
                while (end < values.Count && values[end] <= width * values[i])
                    end++;
                if (Math.Abs(values[i] - 1) > 1e-9)
                    grid.Add(values[i]);
                if (values[end - 1] > values[i] * (1 + 1e-9) && Math.Abs(values[end - 1] - 1) > 1e-9)
                    grid.Add(values[end - 1]);
            }
            if (grid.Count > MostGrid)
                continue;
            grid.Sort();
            return [.. grid, 2 * grid[^1], 6 * grid[^1]];
        }
    }

    /// <summary>The smallest eigenvalue of a block that is not <see cref="Thin"/>; the largest one never counts as thin.</summary>
    public static double Thick(Block block)
    {
        int k = 0;
        while (block.Axes.Value(k + 1) >= Thin)
            k++;
        return block.Axes.Value(k);
    }

    /// <summary>The index of the smallest μ ≥ λ, or of the largest μ.</summary>
    public int Above(double lambda)
    {
        int g = 0;
        while (g < Grid.Length - 1 && Grid[g] < lambda)
            g++;
        return g;
    }

    /// <summary>The index of the largest μ ≤ λ, or of the smallest μ.</summary>
    public int Below(double lambda)
    {
        int g = Grid.Length - 1;
        while (g > 0 && Grid[g] > lambda)
            g--;
        return g;
    }
}

/// <summary>
/// What a growing block P does to its neighbours, without its axes: log det(G_P + μ), and the squared norm ‖(G_P + μ)^−½ X_Pᵀx_j‖² of other
/// features j, for every prefix P of an order of the features.
/// </summary>
/// <remarks>
/// One Cholesky factorisation of G + μ in that order serves all prefixes. Row i of L, with LᵀL = G + μ, extends P by one feature, and the
/// squares in column j so far sum to x_jᵀX_P(G_P + μ)⁻¹X_Pᵀx_j = Σ_a λ_a/(λ_a + μ)·(u_a·x_j)². μ &gt; 0. Memory: n²/2 doubles. Complexity:
/// n³/6 multiply-adds, less where columns are exactly orthogonal.
/// </remarks>
internal sealed class SpineFactors(double[] gram, int n, int[] order)
{
    private readonly double[][] _rows = new double[n][];
    private readonly double[] _held = new double[n];
    private double _mu;
    private int _count;

    /// <summary>log det(G_P + μ).</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>Starts with P empty.</summary>
    public void Start(double mu)
    {
        (_mu, _count, LogDeterminant) = (mu, 0, 0);
        Array.Clear(_held);
    }

    /// <summary>Extends P to the first <paramref name="count"/> features of the order.</summary>
    public void Extend(int count)
    {
        for (; _count < count; _count++)
        {
            int i = _count,
                feature = order[i];
            double[] row = _rows[i] ??= new double[n - i];
            for (int j = 0; j < row.Length; j++)
                row[j] = gram[feature * n + order[i + j]];
            row[0] += _mu;
            for (int l = 0; l < i; l++)
            {
                double factor = _rows[l][i - l];
                if (factor != 0)
                    Vectors.Axpy(-factor, _rows[l].AsSpan(i - l), row);
            }
            LogDeterminant += Elementary.Log(row[0]);
            Vectors.Scale(1 / Math.Sqrt(row[0]), row);
            for (int j = 1; j < row.Length; j++)
                _held[i + j] += row[j] * row[j];
        }
    }

    /// <summary>‖(G_P + μ)^−½ X_Pᵀx_j‖² for the feature j at a position of the order beyond P.</summary>
    public double Held(int place) => _held[place];
}
