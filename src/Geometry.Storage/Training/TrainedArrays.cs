using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>The runs of one weight file, array by array as the file has them: I runs of n features and m hidden dimensions.</summary>
/// <remarks>Several threads may fill different places at once.</remarks>
internal sealed class TrainedArrays
{
    private readonly StoredBlock[] _blocks;
    private readonly float[][] _values;

    /// <summary>Makes room.</summary>
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

    /// <summary>Bytes that a run takes in memory, about.</summary>
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

    /// <summary>What the run at a place has of an array.</summary>
    public Span<float> Of(int block, int place) => _values[block].AsSpan(place * _blocks[block].Block.Length, _blocks[block].Block.Length);
}
