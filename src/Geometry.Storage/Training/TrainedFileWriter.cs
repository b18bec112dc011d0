using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors.Writing;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>Writes the weight file of some runs of one shape, and the file of their checkpoints.</summary>
/// <remarks>
/// <para>Final weights, I runs: <c>sweep</c> () int64 = 1, which marks the file as one of ours · <c>W</c> (I, m, n) float32 · <c>decoder</c> (I, m, n) float32 for untied models (W is then the
/// encoder) · <c>b</c> (I, n) float32, zeros for models without a bias · <c>loss</c> (I,) float64 · <c>seed</c> (I,) int64 · each of
/// <see cref="SweepGrid.Parameters"/> (I,) float64 · <c>run</c> (I,) int64, the index in the sweep · <c>failed_at</c> (I,) int64, −1 or the step at which the run diverged; its parameters and
/// loss are then NaN.</para>
/// <para>Checkpoints: the same without loss and failed_at, one instance a checkpoint, run by run in order of step, and <c>step</c> (J,) int64.</para>
/// <para>Both files appear whole or not at all, and equal runs make equal bytes.</para>
/// </remarks>
internal static class TrainedFileWriter
{
    /// <summary>Writes a weight file.</summary>
    public static void WriteWeights(string path, SweepGrid grid, IReadOnlyList<TrainedRun> runs) => AtomicFile.Write(path, stream =>
    {
        using var npz = new NpzWriter(stream);
        Checkpoint[] finals = [.. runs.Select(Final)];
        AddParameters(npz, runs[0].Run.Model, finals);
        npz.Add("loss", [runs.Count], [.. runs.Select(r => r.FailedAtStep is null ? r.Loss : double.NaN)]);
        AddRuns(npz, grid, [.. runs.Select(r => r.Run)]);
        npz.Add("failed_at", [runs.Count], [.. runs.Select(r => (long)(r.FailedAtStep ?? -1))]);
    });

    /// <summary>Writes a file of checkpoints.</summary>
    public static void WriteCheckpoints(string path, SweepGrid grid, IReadOnlyList<TrainedRun> runs) => AtomicFile.Write(path, stream =>
    {
        using var npz = new NpzWriter(stream);
        Checkpoint[] checkpoints = [.. runs.SelectMany(r => r.Checkpoints)];
        AddParameters(npz, runs[0].Run.Model, checkpoints);
        npz.Add("step", [checkpoints.Length], [.. checkpoints.Select(c => (long)c.Step)]);
        AddRuns(npz, grid, [.. runs.SelectMany(r => Enumerable.Repeat(r.Run, r.Checkpoints.Count))]);
    });

    private static void AddParameters(NpzWriter npz, ModelShape shape, Checkpoint[] states)
    {
        npz.Add(TrainedFormat.Marker, [], [TrainedFormat.Version]);
        npz.Add("W", [states.Length, shape.Hidden, shape.Features], states.Select(s => s.Weights));
        if (!shape.Tied) npz.Add("decoder", [states.Length, shape.Hidden, shape.Features], states.Select(s => s.Decoder!));
        float[]? zeros = shape.Bias ? null : new float[shape.Features];
        npz.Add("b", [states.Length, shape.Features], states.Select(s => zeros ?? s.Bias!));
    }

    private static void AddRuns(NpzWriter npz, SweepGrid grid, TrainingRun[] runs)
    {
        npz.Add("seed", [runs.Length], [.. runs.Select(r => (long)r.Seed)]);
        foreach (SweepParameter parameter in grid.Parameters)
            npz.Add(parameter.Name, [runs.Length], [.. runs.Select(r => grid.Value(parameter, r.Index))]);
        npz.Add("run", [runs.Length], [.. runs.Select(r => (long)r.Index)]);
    }

    private static Checkpoint Final(TrainedRun run)
    {
        if (run.FailedAtStep is null) return run.Final;
        return new Checkpoint(run.Final.Step, NaNs(run.Final.Weights)!, NaNs(run.Final.Decoder), NaNs(run.Final.Bias));
    }

    private static float[]? NaNs(float[]? values)
    {
        if (values is null) return null;
        var copy = new float[values.Length];
        Array.Fill(copy, float.NaN);
        return copy;
    }
}
