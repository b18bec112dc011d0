using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>Eigenvalues of blocks that contain each other, P₀ ⊃ P₁ ⊃ …, between those of a few of them.</summary>
/// <remarks>
/// A scatter matrix grows with its features, so that λ_k(P) lies between that of any known block inside P and that of any known block
/// around it (Weyl; Horn and Johnson, <i>Matrix Analysis</i>, §4.3). Each block's eigenvalues add up to its number of features. More blocks
/// are decomposed where the bracket is too wide, halving it each time. Complexity of one: 4·min(c, m)³/3 for the values alone.
/// </remarks>
/// <param name="x">Unit columns, feature-major n×m.</param>
/// <param name="m">Their length.</param>
/// <param name="tree">The merge tree.</param>
/// <param name="blocks">Its blocks; what they know is free.</param>
/// <param name="spine">Nodes of the tree, each inside the one before it; the first is the root.</param>
internal sealed class SpineSpectra(double[] x, int m, MergeTree tree, BlockTable blocks, int[] spine)
{
    private readonly double[]?[] _values = new double[spine.Length][];

    /// <summary>Fills the bracket of the eigenvalues of the block at a place of the spine: min(c, m) entries each, descending.</summary>
    public void Bracket(int place, Span<double> low, Span<double> high)
    {
        (int outer, int inner) = Around(place);
        int count = tree.Features(spine[place]).Length,
            within = inner < spine.Length ? tree.Features(spine[inner]).Length : 0;
        // Rounding of decompositions, so that ties of eigenvalues fall inside the bracket.
        double added = count - within,
            doubt = 1e-12 * tree.Leaves;
        for (int k = 0; k < low.Length; k++)
        {
            double least = within > 0 ? Value(inner, k) : 0;
            low[k] = Math.Max(0, least - doubt);
            high[k] = Math.Min(Value(outer, k), least + added) + doubt;
        }
    }

    /// <summary>Narrows the bracket by one decomposition; false when the block itself is known.</summary>
    public bool TryNarrow(int place)
    {
        (int outer, int inner) = Around(place);
        if (inner == outer)
            return false;
        int middle = (inner + outer) / 2;
        _values[middle] = PrincipalAxes.Values(x, m, tree.Features(spine[middle]));
        return true;
    }

    /// <summary>
    /// The nearest known blocks around and inside a place; the root is known, and where none is inside it is the length of the spine.
    /// </summary>
    private (int Outer, int Inner) Around(int place)
    {
        int outer = place,
            inner = place;
        while (!IsKnown(outer))
            outer--;
        while (inner < spine.Length && !IsKnown(inner))
            inner++;
        return (outer, inner);
    }

    private bool IsKnown(int place) => _values[place] is not null || blocks.Known(spine[place]) is not null;

    private double Value(int place, int k) =>
        blocks.Known(spine[place]) is { } axes ? axes.Value(k)
        : k < _values[place]!.Length ? _values[place]![k]
        : 0;
}
