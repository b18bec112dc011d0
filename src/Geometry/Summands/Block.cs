namespace Geometry.Summands;

/// <summary>A candidate summand: some features, their principal axes, and the dimension that the partition grants it.</summary>
/// <param name="Features">Indices into the learned columns, ascending.</param>
/// <param name="Axes">Principal axes of the unit columns.</param>
/// <param name="Node">The merge-tree node it is, or −1.</param>
/// <param name="Dim">dim V_S; the first Dim axes span it.</param>
internal sealed record Block(int[] Features, PrincipalAxes Axes, int Node, int Dim);

/// <summary>The evidence, in nats, that the block's columns form a catalogue shape within its first Dim axes; negative when nothing explains them, at most <see cref="PartitionScore.MostShapeEvidence"/>.</summary>
internal delegate double BlockEvidence(Block block);
