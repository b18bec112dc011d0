using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>The runs of one weight file as the arrays of the file: I runs of n features and m hidden dimensions.</summary>
/// <remarks>Several threads may fill different runs at once.</remarks>
internal sealed class TrainedArrays
{
    private readonly StoredBlock[] _blocks;
    private readonly float[][] _values;

    /// <summary>Allocates the arrays.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="features">n.</param>
    /// <param name="hidden">m.</param>
    /// <param name="runs">Indices of the runs, ascending.</param>
    public TrainedArrays(SweepSpec spec, int features, int hidden, IReadOnlyList<int> runs)
    {
        Runs = runs;
        _blocks = StoredBlock.Of(spec, features, hidden);
        _values = [.. _blocks.Select(b => new float[runs.Count * b.Block.Length])];
        Loss = new double[runs.Count];
        FailedAt = new long[runs.Count];
        Checkpoints = new IReadOnlyList<Checkpoint>[runs.Count];
    }

    /// <summary>The arrays of parameters, in the order of the file.</summary>
    public IReadOnlyList<StoredBlock> Blocks => _blocks;

    /// <summary>Indices of the runs, ascending.</summary>
    public IReadOnlyList<int> Runs { get; }

    /// <summary>(I,); NaN for a run that diverged.</summary>
    public double[] Loss { get; }

    /// <summary>(I,): −1, or the step at which the run diverged.</summary>
    public long[] FailedAt { get; }

    /// <summary>The checkpoints of each run, ascending by step.</summary>
    public IReadOnlyList<Checkpoint>[] Checkpoints { get; }

    /// <summary>About how many bytes of memory a run takes.</summary>
    public static long BytesOfRun(SweepSpec spec, int features, int hidden)
    {
        const int Numbers = 48,
            CheckpointOverhead = 200;
        long state = 4 * StoredBlock.Of(spec, features, hidden).Sum(b => (long)b.Block.Length);
        return Numbers + state + (spec.Checkpoints * (CheckpointOverhead + state));
    }

    /// <summary>The arrays of finished runs.</summary>
    public static TrainedArrays From(SweepSpec spec, IReadOnlyList<TrainedRun> runs)
    {
        ModelShape shape = runs[0].Run.Model;
        var arrays = new TrainedArrays(spec, shape.Features, shape.Hidden, [.. runs.Select(r => r.Run.Index)]);
        for (int i = 0; i < runs.Count; i++)
        {
            (TrainedRun run, bool failed) = (runs[i], runs[i].FailedAtStep is not null);
            IReadOnlyList<float[]> values = run.Final.Arrays;
            for (int k = 0; k < arrays._blocks.Length; k++)
            {
                if (arrays._blocks[k].Index < 0)
                    continue;
                if (failed)
                    arrays.Of(k, i).Fill(float.NaN);
                else
                    values[arrays._blocks[k].Index].CopyTo(arrays.Of(k, i));
            }
            arrays.Loss[i] = failed ? double.NaN : run.Loss;
            arrays.FailedAt[i] = run.FailedAtStep ?? -1;
            arrays.Checkpoints[i] = run.Checkpoints;
        }
        return arrays;
    }

    /// <summary>An array of all runs, row-major; NaN for a run that diverged.</summary>
    /// <param name="block">Index into <see cref="Blocks"/>.</param>
    public float[] Values(int block) => _values[block];

    /// <summary>The part of an array that belongs to one run.</summary>
    public Span<float> Of(int block, int place) => _values[block].AsSpan(place * _blocks[block].Block.Length, _blocks[block].Block.Length);
}

/// <summary>An array of parameters in a weight file.</summary>
/// <param name="Block">The array's name and size.</param>
/// <param name="Index">Index of the array in <see cref="Checkpoint.Arrays"/>; −1 for the zeros in place of the bias of a component without
/// one.</param>
internal readonly record struct StoredBlock(ParameterBlock Block, int Index)
{
    /// <summary>The arrays for models of one shape: those of <see cref="ModelShape.Blocks"/>, and <c>b</c> for every component.</summary>
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

    /// <summary>The shape of the array with this number of instances.</summary>
    public long[] Shape(long instances) => Block.IsVector ? [instances, Block.Rows] : [instances, Block.Rows, Block.Columns];
}
