using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors.Writing;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>Writes the weight file of some runs of one shape, and the file of their checkpoints.</summary>
/// <remarks>
/// <para>A deep model has <c>W1</c> (I, m₁, n), <c>b1</c> (I, m₁), <c>W2</c> (I, m₂, m₁) … in place of W, decoder and b, outputs first, and
/// no biases where it has none; a head adds <c>head</c> (I, classes, hidden) and <c>head_b</c> (I, classes).</para>
/// <para>Final weights, I runs: <c>sweep</c> () int64 = 1, which marks the file as one of ours · <c>W</c> (I, m, n) float32 ·
/// <c>decoder</c> (I, m, n) float32 for untied models (W is then the encoder) · <c>b</c> (I, n) float32, zeros for models without a bias ·
/// <c>loss</c> (I,) float64 · <c>seed</c> (I,) int64 · each of <see cref="SweepGrid.Parameters"/> (I,) float64 · <c>run</c> (I,) int64, the
/// index in the sweep · <c>failed_at</c> (I,) int64, −1 or the step at which the run diverged; its parameters and loss are then NaN.</para>
/// <para>Checkpoints: the same without loss and failed_at, one instance per checkpoint, run by run in order of step, and <c>step</c> (J,)
/// int64.</para>
/// <para>Both files appear whole or not at all, and equal runs make equal bytes.</para>
/// </remarks>
internal static class TrainedFileWriter
{
    /// <summary>Writes a weight file.</summary>
    public static void WriteWeights(string path, SweepGrid grid, TrainedArrays runs) => AtomicFile.Write(path, stream =>
        {
            using var npz = new NpzWriter(stream);
            AddParameters(npz, runs, runs.Runs.Count, (k, _) => [runs.Values(k)]);
            npz.Add("loss", [runs.Runs.Count], runs.Loss);
            AddRuns(npz, grid, runs.Runs);
            npz.Add("failed_at", [runs.Runs.Count], runs.FailedAt);
        });

    /// <summary>Writes a file of checkpoints.</summary>
    public static void WriteCheckpoints(string path, SweepGrid grid, TrainedArrays runs) => AtomicFile.Write(path, stream =>
        {
            using var npz = new NpzWriter(stream);
            Checkpoint[] checkpoints = [.. runs.Checkpoints.SelectMany(c => c)];
            IReadOnlyList<float[]>[] arrays = [.. checkpoints.Select(c => c.Arrays)];
            AddParameters(npz, runs, checkpoints.Length, (_, block) =>
            {
                float[] zeros = block.Index < 0 ? new float[block.Block.Length] : [];
                return arrays.Select(a => block.Index < 0 ? zeros : a[block.Index]);
            });
            npz.Add("step", [checkpoints.Length], [.. checkpoints.Select(c => (long)c.Step)]);
            AddRuns(npz, grid, [.. runs.Checkpoints.SelectMany((c, i) => Enumerable.Repeat(runs.Runs[i], c.Count))]);
        });

    private static void AddParameters(NpzWriter npz, TrainedArrays shape, int count, Func<int, StoredBlock, IEnumerable<float[]>> values)
    {
        npz.Add(TrainedFormat.Marker, [], [TrainedFormat.Version]);
        for (int k = 0; k < shape.Blocks.Count; k++)
        {
            StoredBlock block = shape.Blocks[k];
            npz.Add(block.Block.Name, [.. block.Shape(count).Select(a => (int)a)], values(k, block));
        }
    }

    private static void AddRuns(NpzWriter npz, SweepGrid grid, IReadOnlyList<int> runs)
    {
        npz.Add("seed", [runs.Count], [.. runs.Select(r => (long)grid.SeedOf(r))]);
        foreach (SweepParameter parameter in grid.Parameters)
            npz.Add(parameter.Name, [runs.Count], [.. runs.Select(r => grid.Value(parameter, r))]);
        npz.Add("run", [runs.Count], [.. runs.Select(r => (long)r)]);
    }
}
