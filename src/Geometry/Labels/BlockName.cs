using Geometry.Shapes;

namespace Geometry.Labels;

/// <summary>What a block is called.</summary>
/// <param name="Match">Its shape: that of its directions.</param>
/// <param name="Directions">Number of distinct directions.</param>
/// <param name="DirectionOf">For each feature of the block the index of its direction, numbered by first feature; null where each has its
/// own.</param>
internal readonly record struct BlockName(ShapeMatch Match, int Directions, int[]? DirectionOf);
