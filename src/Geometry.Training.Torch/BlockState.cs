using System.Runtime.InteropServices;
using System.Text;

namespace Geometry.Training.Torch;

/// <summary>
/// The state of a block of runs in the middle of its training, as bytes and back: training continues from it as if it had not stopped.
/// </summary>
/// <param name="Device">The device; generators differ between devices.</param>
/// <param name="Runs">Indices of the runs, in the order of the tensors.</param>
/// <param name="Step">Finished steps.</param>
/// <param name="Values">Parameters, then the optimizer's moments, runs one after another.</param>
/// <param name="Generator">State of the generator of samples.</param>
/// <param name="FailedAt">First step of each run whose parameters were not finite; −1 for none.</param>
/// <param name="Kept">The checkpoints so far: their steps and the parameters.</param>
internal sealed record BlockState(
    string Device,
    int[] Runs,
    int Step,
    float[][] Values,
    byte[] Generator,
    long[] FailedAt,
    IReadOnlyList<(int Step, float[][] Values)> Kept
)
{
    private const int Version = 1;

    /// <summary>As bytes.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            writer.Write(Version);
            writer.Write(Device);
            Write(writer, MemoryMarshal.AsBytes(Runs.AsSpan()));
            writer.Write(Step);
            Write(writer, Values);
            Write(writer, Generator);
            Write(writer, MemoryMarshal.AsBytes(FailedAt.AsSpan()));
            writer.Write(Kept.Count);
            foreach ((int step, float[][] values) in Kept)
            {
                writer.Write(step);
                Write(writer, values);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Reads the bytes of <see cref="Write()"/>; null for those of another version.</summary>
    /// <param name="bytes">The bytes, complete; the caller has checked their checksum.</param>
    public static BlockState? Read(byte[]? bytes)
    {
        if (bytes is null)
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadInt32() != Version)
            return null;
        string device = reader.ReadString();
        int[] runs = Numbers<int>(reader);
        int step = reader.ReadInt32();
        float[][] values = Arrays(reader);
        byte[] generator = Numbers<byte>(reader);
        long[] failedAt = Numbers<long>(reader);
        return new BlockState(
            device,
            runs,
            step,
            values,
            generator,
            failedAt,
            [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => (reader.ReadInt32(), Arrays(reader)))]
        );
    }

    /// <summary>
    /// The runs of this state that are among the given ones, in its order. None where training could not continue: on another device, or
    /// when some of its runs are missing before the last step, because they draw their samples together.
    /// </summary>
    public TrainingRun[] Among(IReadOnlyList<TrainingRun> runs, string device)
    {
        if (device != Device)
            return [];
        Dictionary<int, TrainingRun> asked = runs.ToDictionary(r => r.Index);
        TrainingRun[] own = [.. Runs.Where(asked.ContainsKey).Select(r => asked[r])];
        return own.Length == Runs.Length || (own.Length > 0 && Step == own[0].Plan.Steps) ? own : [];
    }

    /// <summary>The state of some of the runs.</summary>
    public BlockState Of(IReadOnlyList<TrainingRun> runs)
    {
        int[] places = [.. runs.Select(r => Array.IndexOf(Runs, r.Index))];
        float[][] Rows(float[][] values) =>
            [
                .. values.Select(v =>
                    places.SelectMany(p => v.AsSpan(p * (v.Length / Runs.Length), v.Length / Runs.Length).ToArray()).ToArray()
                ),
            ];
        return this with
        {
            Runs = [.. runs.Select(r => r.Index)],
            Values = Rows(Values),
            FailedAt = [.. places.Select(p => FailedAt[p])],
            Kept = [.. Kept.Select(k => (k.Step, Rows(k.Values)))],
        };
    }

    private static void Write(BinaryWriter writer, float[][] arrays)
    {
        writer.Write(arrays.Length);
        foreach (float[] array in arrays)
            Write(writer, MemoryMarshal.AsBytes(array.AsSpan()));
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static float[][] Arrays(BinaryReader reader) =>
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => Numbers<float>(reader))];

    private static T[] Numbers<T>(BinaryReader reader)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(reader.ReadBytes(reader.ReadInt32())).ToArray();
}
