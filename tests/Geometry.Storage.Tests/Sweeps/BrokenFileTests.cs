using System.IO.Compression;
using System.Text;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tests.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public sealed class BrokenFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_empty_and_foreign_files()
    {
        Refuse("no such file", Path.Combine(_folder.Path, "gone.npz"));
        Refuse("it is a folder", _folder.Path);
        Refuse("the file is empty", []);
        Refuse("text without a line of numbers", "hello"u8);
        Refuse("begins with bytes 00", [0]);
        var noise = new byte[4096];
        new Random(3).NextBytes(noise);
        Refuse("neither npy, npz, safetensors, HDF5, Parquet, a torch.save archive nor a table of numbers", noise);
        Refuse("the end of", "PK\u0003\u0004"u8, orElse: "no end record");
    }

    [Theory]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1152921504606846976,), }",
        "but 40 bytes follow its header (truncated?)"
    )]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4), }", "impossible shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-5, 2), }", "impossible shape (-5, 2)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 2), }", "no 64-bit integer")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 2), }", "32 bytes, but 40 bytes follow")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "no 'descr', 'fortran_order' or 'shape'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 2), 'shape': (2, 5)}", "repeated key 'shape'")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (5, 2)}", "True or False")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': (5, 2)}", "malformed npy header")]
    [InlineData("{'descr': [('a', '<f4'", "unterminated type")]
    [InlineData("import os", "expected '{'")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (5,)}", "'array' <c8 (5,)")]
    [InlineData("{'descr': '<U7', 'fortran_order': False, 'shape': (2, 5)}", "'array' <U7 (2, 5)")]
    public void Npy_headers_that_lie(string header, string reason) => Refuse(reason, Written.Npy(header, new byte[40]));

    [Fact]
    public void Npy_with_an_absurd_rank_or_header_length()
    {
        Refuse("has 1000 axes", Written.Npy("<f4", "(" + string.Concat(Enumerable.Repeat("1, ", 1000)) + ")", new byte[4]));
        Refuse(
            "claims an npy header of 4294967295 bytes",
            [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 2, 0, 255, 255, 255, 255, 1, 2, 3]
        );
        Refuse("npy version 9", [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 9, 0, 1, 0, 1, 1]);
    }

    [Theory]
    [InlineData(
        "{\"W\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[0,44]}}",
        "data_offsets [0, 44]; expected within the 40 bytes"
    )]
    [InlineData("{\"W\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[-4,36]}}", "data_offsets [-4, 36]")]
    [InlineData("{\"W\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[40,0]}}", "data_offsets [40, 0]")]
    [InlineData("{\"W\":{\"dtype\":\"F32\",\"shape\":[5,3],\"data_offsets\":[0,40]}}", "60 bytes, but its data_offsets span 40")]
    [InlineData("{\"W\":{\"dtype\":\"F32\",\"shape\":[1152921504606846976,2],\"data_offsets\":[0,40]}}", "but its data_offsets span 40")]
    [InlineData(
        "{\"W\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[0,40]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[20,40]}}",
        "inside another"
    )]
    [InlineData(
        "{\"W\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[0,40]},"
            + "\"W\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "'W' occurs twice"
    )]
    [InlineData("{\"W\":{\"dtype\":\"F32\",\"shape\":[5,2.5],\"data_offsets\":[0,40]}}", "no 64-bit integer")]
    [InlineData("{\"W\":{\"dtype\":\"F32\",\"shape\":\"big\",\"data_offsets\":[0,40]}}", "not a list of integers")]
    [InlineData("{\"W\":{\"dtype\":7,\"shape\":[5,2],\"data_offsets\":[0,40]}}", "not the expected JSON")]
    [InlineData("{\"W\":{\"shape\":[5,2],\"data_offsets\":[0,40]}}", "lacks a dtype")]
    [InlineData(
        "{\"W\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[0,40],\"x\":[[[[[[[[[[1]]]]]]]]]]}}",
        "unexpected or repeated field 'x'"
    )]
    [InlineData("{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[0,40]}}", "not the expected JSON")]
    [InlineData("{}", "the arrays end at byte 0 of the data; expected 100")]
    [InlineData("{\"W\":", "not the expected JSON")]
    public void Safetensors_headers_that_lie(string json, string reason) =>
        Refuse(reason, Written.Safetensors(json, new byte[json == "{}" ? 100 : 40]));

    [Theory]
    [InlineData("[0,40]", 41, "the arrays end at byte 40 of the data; expected 41")]
    [InlineData("[1,41]", 41, "array 'W' begins at byte 1 of the data; expected 0")]
    public void Safetensors_with_bytes_of_no_array(string offsets, int bytes, string reason) =>
        Refuse(reason, Written.Safetensors($"{{\"W\":{{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":{offsets}}}}}", new byte[bytes]));

    [Fact]
    public void Safetensors_with_deep_nesting_or_an_impossible_header_length()
    {
        Refuse("not the expected JSON", Written.Safetensors("{\"__metadata__\":" + new string('[', 100_000), []));
        Refuse("claims 9223372036854775807 bytes", [.. BitConverter.GetBytes(long.MaxValue), .. "{\"W\":1}"u8]);
        Refuse("claims 18446744073709551615 bytes", [.. BitConverter.GetBytes(ulong.MaxValue), .. "{\"W\":1}"u8]);
    }

    [Fact]
    public void Truncated_files_of_every_format_are_refused_at_any_length()
    {
        foreach (string name in (string[])["v1_float32.npy", "stored.npz", "deflated.npz", "float32.safetensors", "views.pt", "zip64.npz"])
        {
            byte[] whole = File.ReadAllBytes(Fixtures.Tensors(name));
            for (int length = 0; length < whole.Length; length += 1 + (length / 40))
            {
                string path = _folder.File("cut", whole.AsSpan(0, length));
                string message = Assert.Throws<InputException>(() => SweepFile.Open(path, new SweepFileOptions())).Message;
                Assert.DoesNotContain('\n', message);
            }
        }
    }

    [Fact]
    public void Keys_that_occur_twice_are_refused()
    {
        byte[] w = Written.Ramp("(5, 2)", 10);
        Refuse("'W' occurs twice", Written.Npz(("W", w), ("W", w)));
        Refuse("'W' occurs twice", Written.Zip(CompressionLevel.NoCompression, ("W.npy", w), ("W", w)));
    }

    [Fact]
    public void A_damaged_payload_is_noticed_by_its_checksum()
    {
        foreach (CompressionLevel level in (CompressionLevel[])[CompressionLevel.NoCompression, CompressionLevel.Optimal])
        {
            byte[] bytes = Written.Zip(level, ("W.npy", Written.Ramp("(5, 2)", 10)));
            bytes[bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
            Refuse("zip member 'W.npy' is damaged: CRC-32", bytes);
        }
    }

    private void Refuse(string reason, ReadOnlySpan<byte> bytes, string? orElse = null) =>
        Refuse(reason, _folder.File("broken", bytes), orElse);

    private static void Refuse(string reason, string path, string? orElse = null)
    {
        string message = Assert.Throws<InputException>(() => SweepFile.Open(path, new SweepFileOptions())).Message;
        Assert.True(
            message.Contains(reason, StringComparison.Ordinal)
                || (orElse is not null && message.Contains(orElse, StringComparison.Ordinal)),
            message
        );
        Assert.DoesNotContain('\n', message);
        Assert.InRange(Encoding.UTF8.GetByteCount(message), 1, 1000);
    }
}
