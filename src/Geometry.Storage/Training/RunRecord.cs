using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Geometry.Storage.Results;
using Geometry.Training;

namespace Geometry.Storage.Training;

/// <summary>One finished run as bytes.</summary>
/// <remarks>
/// Little-endian: u32 length of what follows up to the checksum · i32 run · i32 first failed step, −1 for none · f64 loss · i32 number of
/// checkpoints · final parameters · checkpoints · u32 CRC-32 of all that. Parameters: i32 step · the arrays of <see
/// cref="ModelShape.Blocks"/> in f32 (of a component W, decoder, b). <see cref="TryRead"/> returns false for a record that is cut off or
/// damaged; it never throws because of content.
/// </remarks>
internal static class RunRecord
{
    private const int Fixed = 4 + 4 + 8 + 4;

    public static byte[] Write(TrainedRun run)
    {
        ModelShape shape = run.Run.Model;
        int length = Length(shape, run.Checkpoints.Count);
        var record = new byte[4 + length + 4];
        Span<byte> rest = record;
        Put(ref rest, length);
        Put(ref rest, run.Run.Index);
        Put(ref rest, run.FailedAtStep ?? -1);
        BinaryPrimitives.WriteDoubleLittleEndian(rest, run.Loss);
        rest = rest[8..];
        Put(ref rest, run.Checkpoints.Count);
        Put(ref rest, run.Final);
        foreach (Checkpoint checkpoint in run.Checkpoints)
            Put(ref rest, checkpoint);
        BinaryPrimitives.WriteUInt32LittleEndian(rest, Checksum(record.AsSpan(4, length)));
        return record;
    }

    /// <summary>Reads the record at the start of some bytes.</summary>
    /// <param name="bytes">The rest of a journal.</param>
    /// <param name="runs">Index → run; null for a run that does not belong to the file.</param>
    /// <param name="run">The run.</param>
    /// <param name="used">Length of the record in bytes.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Func<int, TrainingRun?> runs, out TrainedRun? run, out int used)
    {
        (run, used) = (null, 0);
        if (bytes.Length < 4 + Fixed + 4)
            return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < Fixed || length > bytes.Length - 8)
            return false;
        ReadOnlySpan<byte> rest = bytes.Slice(4, length);
        if (Checksum(rest) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 + length)..]))
            return false;
        if (runs(Take(ref rest)) is not { } owner)
            return false;
        int failed = Take(ref rest);
        double loss = BinaryPrimitives.ReadDoubleLittleEndian(rest);
        rest = rest[8..];
        int checkpoints = Take(ref rest);
        if (checkpoints < 0 || (4 + (4L * Values(owner.Model))) * (1L + checkpoints) != length - Fixed)
            return false;
        Checkpoint final = TakeCheckpoint(ref rest, owner.Model);
        var list = new Checkpoint[checkpoints];
        for (int k = 0; k < checkpoints; k++)
            list[k] = TakeCheckpoint(ref rest, owner.Model);
        run = new TrainedRun(owner, final, list, loss, failed < 0 ? null : failed);
        used = 4 + length + 4;
        return true;
    }

    private static long Values(ModelShape shape) => shape.Blocks.Sum(b => (long)b.Length);

    private static int Length(ModelShape shape, int checkpoints)
    {
        long length = Fixed + ((4 + (4 * Values(shape))) * (1L + checkpoints));
        if (length > Array.MaxLength - 8)
            throw new ResultsException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a run of n={shape.Features}, m={shape.Hidden} with {checkpoints} checkpoints takes {length} bytes, more than "
                        + $"one run may; ask for fewer checkpoints"
                )
            );
        return (int)length;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);

    private static void Put(ref Span<byte> rest, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, value);
        rest = rest[4..];
    }

    private static void Put(ref Span<byte> rest, Checkpoint checkpoint)
    {
        Put(ref rest, checkpoint.Step);
        foreach (float[] array in checkpoint.Arrays)
            Put(ref rest, array);
    }

    private static void Put(ref Span<byte> rest, float[] values)
    {
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(rest);
        rest = rest[(4 * values.Length)..];
    }

    private static int Take(ref ReadOnlySpan<byte> rest)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }

    private static Checkpoint TakeCheckpoint(ref ReadOnlySpan<byte> rest, ModelShape shape)
    {
        int step = Take(ref rest);
        var arrays = new List<float[]>();
        foreach (ParameterBlock block in shape.Blocks)
            arrays.Add(TakeFloats(ref rest, block.Length));
        return Checkpoint.Of(shape, step, arrays);
    }

    private static float[] TakeFloats(ref ReadOnlySpan<byte> rest, int count)
    {
        var values = new float[count];
        rest[..(4 * count)].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        rest = rest[(4 * count)..];
        return values;
    }
}
