using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>The runs of one weight file, array by array as the file has them: I runs of n features and m hidden dimensions.</summary>
/// <remarks>Several threads may fill different places at once.</remarks>
internal sealed class TrainedArrays
{
    private readonly int _size;

    /// <summary>Makes room.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="features">n.</param>
    /// <param name="hidden">m.</param>
    /// <param name="runs">Indices of the runs, ascending.</param>
    public TrainedArrays(SweepSpec spec, int features, int hidden, IReadOnlyList<int> runs)
    {
        (Features, Hidden, Runs, HasBias, _size) = (features, hidden, runs, spec.Bias, hidden * features);
        Weights = new float[runs.Count * _size];
        Decoder = spec.Tied ? null : new float[runs.Count * _size];
        Bias = new float[runs.Count * features];
        Loss = new double[runs.Count];
        FailedAt = new long[runs.Count];
        Checkpoints = new IReadOnlyList<Checkpoint>[runs.Count];
    }

    /// <summary>n.</summary>
    public int Features { get; }

    /// <summary>m.</summary>
    public int Hidden { get; }

    /// <summary>Indices of the runs, ascending.</summary>
    public IReadOnlyList<int> Runs { get; }

    /// <summary>Whether the models have a bias; zeros are stored otherwise.</summary>
    public bool HasBias { get; }

    /// <summary>(I, m, n), row-major; NaN for a run that diverged.</summary>
    public float[] Weights { get; }

    /// <summary>(I, m, n) for untied models.</summary>
    public float[]? Decoder { get; }

    /// <summary>(I, n).</summary>
    public float[] Bias { get; }

    /// <summary>(I,); NaN for a run that diverged.</summary>
    public double[] Loss { get; }

    /// <summary>(I,): −1, or the step at which the run diverged.</summary>
    public long[] FailedAt { get; }

    /// <summary>The checkpoints of each run, ascending by step.</summary>
    public IReadOnlyList<Checkpoint>[] Checkpoints { get; }

    /// <summary>Bytes that a run takes in memory, about.</summary>
    public static long BytesOfRun(SweepSpec spec, int features, int hidden)
    {
        const int Numbers = 48, CheckpointOverhead = 200;
        long state = 4L * (((spec.Tied ? 1 : 2) * features * hidden) + features);
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
            Set(arrays.WeightsOf(i), run.Final.Weights, failed);
            Set(arrays.DecoderOf(i), run.Final.Decoder, failed);
            Set(arrays.BiasOf(i), run.Final.Bias, failed);
            arrays.Loss[i] = failed ? double.NaN : run.Loss;
            arrays.FailedAt[i] = run.FailedAtStep ?? -1;
            arrays.Checkpoints[i] = run.Checkpoints;
        }
        return arrays;
    }

    /// <summary>Weights of the run at a place.</summary>
    public Span<float> WeightsOf(int place) => Weights.AsSpan(place * _size, _size);

    /// <summary>Decoder of the run at a place; empty for tied models.</summary>
    public Span<float> DecoderOf(int place) => Decoder is null ? [] : Decoder.AsSpan(place * _size, _size);

    /// <summary>Bias of the run at a place; empty for models without.</summary>
    public Span<float> BiasOf(int place) => HasBias ? Bias.AsSpan(place * Features, Features) : [];

    private static void Set(Span<float> target, float[]? values, bool failed)
    {
        if (failed) target.Fill(float.NaN);
        else values.AsSpan().CopyTo(target);
    }
}
