using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tests.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

/// <summary>Small files that claim, or unpack to, much more than they hold.</summary>
public sealed class BombTests : IDisposable
{
    private const long Allowance = 256L << 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_zip_member_that_claims_more_than_deflate_can_yield()
    {
        byte[] bytes = Written.Zip(CompressionLevel.Optimal, ("W.npy", Written.Ramp("(5, 2)", 10)));
        int directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + 24), 4_000_000_000);
        Refuse("deflate yields at most 1032:1", bytes);
    }

    [Fact]
    public void Members_that_share_their_bytes()
    {
        byte[] bytes = Written.Zip(
            CompressionLevel.Optimal,
            ("A.npy", Written.Ramp("(50, 2)", 100)),
            ("B.npy", Written.Ramp("(50, 2)", 100))
        );
        int directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + 42), 0);
        Refuse("overlaps the next member", bytes);
    }

    [Fact]
    public void Zeros_that_unpack_a_thousandfold_are_no_weights()
    {
        byte[] npy = Written.Npy("<f4", "(2000000, 5, 2)", new byte[80_000_000]);
        byte[] bytes = Written.Zip(CompressionLevel.Optimal, ("W.npy", npy));
        Assert.InRange(bytes.Length, 1, 400_000);
        Refuse("zip bomb?", bytes);
    }

    [Fact]
    public void A_torch_pickle_that_unpacks_a_thousandfold()
    {
        byte[] bytes = Written.Zip(
            CompressionLevel.Optimal,
            ("archive/data.pkl", new byte[8_000_000]),
            ("archive/version", "3\n"u8.ToArray())
        );
        Refuse("its pickle claims 8000000 bytes", bytes);
    }

    /// <summary>Each list holds the one before it ten times: 10^40 values in 900 bytes.</summary>
    [Fact]
    public void A_pickle_of_lists_that_share_lists()
    {
        var pickle = new List<byte> { 0x80, 2, (byte)'}', (byte)'X', 1, 0, 0, 0, (byte)'a', (byte)']', (byte)'q', 0 };
        for (byte level = 1; level <= 25; level++)
        {
            pickle.AddRange([(byte)'0', (byte)']', (byte)'q', level, (byte)'(']);
            for (int k = 0; k < 10; k++)
                pickle.AddRange([(byte)'h', (byte)(level - 1)]);
            pickle.Add((byte)'e');
        }
        pickle.AddRange([(byte)'s', (byte)'.']);
        Refuse("more than", Written.Torch([.. pickle]));
    }

    /// <summary>One tensor, sixteen times made a pair of itself: 65,536 arrays from 544 bytes.</summary>
    [Fact]
    public void A_tensor_in_doublings_of_tuples()
    {
        byte[] tensor =
        [
            .. Encoding.Latin1.GetBytes(
                "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\n"
                    + "X\u0001\0\0\00X\u0003\0\0\0cpuK\ntQK\0K\u0005K\u0002\u0086K\u0002K\u0001\u0086\u0089Nt"
            ),
        ];
        byte[] doublings = [.. Enumerable.Repeat((byte[])[(byte)'2', 0x86], 16).SelectMany(d => d)];
        Refuse(
            "many times what its pickle writes out",
            Written.Torch([0x80, 2, .. tensor, (byte)'R', .. doublings, (byte)'.'], new byte[40])
        );
    }

    [Theory]
    [InlineData("]q\0h\0a.", "nested more than 32 deep")]
    [InlineData("}q\0X\u0001\0\0\0ah\0s.", "nested more than 32 deep")]
    [InlineData("(((((((.", "an empty stack")]
    [InlineData("cos\nsystem\n(X\u0002\0\0\0lstR.", "'os.system', which is never loaded")]
    [InlineData("cbuiltins\neval\n.", "'builtins.eval'")]
    [InlineData("X\u0002\0\0\0osX\u0006\0\0\0system\u0093.", "'os.system'")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "unexpected arguments")]
    [InlineData("ccollections\nOrderedDict\nK\u0001R.", "arguments that are no tuple")]
    [InlineData("K\u0001)R.", "no function")]
    [InlineData("K\u0001Q.", "no tensor storage")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffabc.", "4294967295 more")]
    [InlineData("h\u0007.", "the unknown memo 7")]
    [InlineData("i.", "operation 0x69")]
    [InlineData("K", "its pickle ends")]
    [InlineData("u.", "no mark")]
    [InlineData("}(K\u0001u.", "a key without a value")]
    [InlineData("(K\u0001a.", "an empty stack where a value is needed")]
    public void Pickles_that_want_more_than_tensors(string pickle, string reason) =>
        Refuse(reason, Written.Torch([0x80, 2, .. Encoding.Latin1.GetBytes(pickle)]));

    [Theory]
    [InlineData(0, new[] { 5, 2 }, new[] { 2, 1 }, null)]
    [InlineData(0, new[] { 2, 5 }, new[] { 1, 2 }, null)]
    [InlineData(1, new[] { 5, 2 }, new[] { 2, 1 }, "reaches outside its storage of 10 elements")]
    [InlineData(-1, new[] { 2, 2 }, new[] { 2, 1 }, "negative offset or stride")]
    [InlineData(9, new[] { 5, 2 }, new[] { -2, 1 }, "negative offset or stride")]
    [InlineData(0, new[] { 5, 2 }, new[] { 2147483647, 2147483647 }, "reaches outside")]
    [InlineData(0, new[] { 2147483647, 2147483647, 2147483647 }, new[] { 0, 0, 0 }, "impossible shape")]
    [InlineData(0, new[] { 2147483647, 2147483647 }, new[] { 0, 0 }, "more than 67108864 weights")]
    [InlineData(0, new[] { 2147483647, 5, 2 }, new[] { 0, 2, 1 }, "repeats a storage")]
    [InlineData(0, new[] { 5, 2 }, new[] { 1 }, "2 axes but 1 strides")]
    public void Torch_views_stay_inside_their_storage(int offset, int[] shape, int[] strides, string? reason)
    {
        byte[] pickle =
        [
            0x80,
            2,
            .. Latin("ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\nt"),
            (byte)'Q',
            .. Integer(offset),
            (byte)'(',
            .. shape.SelectMany(Integer),
            (byte)'t',
            (byte)'(',
            .. strides.SelectMany(Integer),
            (byte)'t',
            0x89,
            (byte)'N',
            (byte)'t',
            (byte)'R',
            (byte)'.',
        ];
        byte[] bytes = Written.Torch(pickle, Written.Ramp("(10,)", 10)[^40..]);
        if (reason is not null)
        {
            Refuse(reason, bytes);
            return;
        }
        using SweepFile file = SweepFile.Open(_folder.File("t.pt", bytes), new SweepFileOptions());
        Assert.Equal([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1.125], file.ReadConfiguration(0).Columns.ToArray());
        Refuse("needs a storage of 10 × 4 bytes, but 'archive/data/0' has 36", Written.Torch(pickle, new byte[36]));
        Refuse("needs the member 'archive/data/0'", Written.Torch(pickle));

        static byte[] Integer(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];
        static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
    }

    /// <summary>Two million one-byte operations that each make an object stay within the allowance.</summary>
    [Fact]
    public void A_pickle_of_nothing_but_empty_lists()
    {
        var pickle = new byte[4_000_000];
        Array.Fill(pickle, (byte)']');
        Refuse("more than 2000000 operations", Written.Torch(pickle));
    }

    private void Refuse(string reason, byte[] bytes)
    {
        string path = _folder.File("bomb", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InputException>(() => SweepFile.Open(path, new SweepFileOptions())).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowance);
    }
}
