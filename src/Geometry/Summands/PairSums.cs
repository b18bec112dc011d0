namespace Geometry.Summands;

/// <summary>
/// The sums over all pairs of blocks of a partition that changes a little at a time; up to rounding those of
/// <see cref="PartitionScore.Terms"/>.
/// </summary>
/// <remarks>A change of a few blocks among s takes O(s) pairs.</remarks>
internal sealed class PairSums(BlockTable blocks)
{
    private readonly List<Block> _members = [];
    private readonly Dictionary<(int Node, int Dim), Block> _next = [];

    /// <summary>Σ over pairs of their weighted squared distance from orthogonal.</summary>
    public double Rss { get; private set; }

    /// <summary>Σ over pairs of their price.</summary>
    public double Price { get; private set; }

    /// <summary>Makes these blocks with their dimensions the partition.</summary>
    public void MoveTo(ReadOnlySpan<Block> partition)
    {
        _next.Clear();
        foreach (Block block in partition)
            _next.Add((block.Node, block.Dim), block);
        for (int i = _members.Count - 1; i >= 0; i--)
        {
            Block member = _members[i];
            if (_next.Remove((member.Node, member.Dim)))
                continue;
            _members.RemoveAt(i);
            Add(member, -1);
        }
        foreach (Block member in _next.Values)
        {
            Add(member, 1);
            _members.Add(member);
        }
    }

    private void Add(Block member, int sign)
    {
        foreach (Block other in _members)
        {
            PairTerm term = blocks.EitherPair(member, other);
            Rss += sign * term.Rss;
            Price += sign * term.Price;
        }
    }
}
