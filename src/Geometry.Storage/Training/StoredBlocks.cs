using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>The arrays of parameters that a weight file has, in its order.</summary>
/// <param name="Block">The array's name and size.</param>
/// <param name="Index">Which array of <see cref="Checkpoint.Arrays"/> it is; −1 for the zeros that stand for the bias of a component
/// without one.</param>
internal readonly record struct StoredBlock(ParameterBlock Block, int Index)
{
    /// <summary>The arrays of the models of one shape: those of <see cref="ModelShape.Blocks"/>, and <c>b</c> for every
    /// component.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="features">n.</param>
    /// <param name="hidden">m.</param>
    public static StoredBlock[] Of(SweepSpec spec, int features, int hidden)
    {
        List<StoredBlock> stored = [.. spec.BlocksOf(features, hidden).Select((b, k) => new StoredBlock(b, k))];
        if (spec.Layers.Count == 0 && !spec.Bias)
            stored.Insert(spec.Tied ? 1 : 2, new StoredBlock(new ParameterBlock("b", features, 0), -1));
        return [.. stored];
    }

    /// <summary>The shape of the array for so many instances.</summary>
    public long[] Shape(long instances) => Block.IsVector ? [instances, Block.Rows] : [instances, Block.Rows, Block.Columns];
}
