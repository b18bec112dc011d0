using System.Runtime.Intrinsics;
using Geometry.RandomNumbers;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;
using Xunit;

namespace Geometry.Training.Tests.Streams;

public class RandomStreamTests
{
    /// <summary>χ² of 64 bins has mean 63 and standard deviation 11.2: beyond 130 lies less than 1e-6.</summary>
    [Fact]
    public void NumbersAreUniformInEveryStream()
    {
        for (uint stream = 0; stream < 40; stream++)
        {
            float[] u = Numbers(new RandomStream(stream % 2, stream / 2 % 5, stream / 10, Purpose.Samples), 200, slot: stream);
            var bins = new int[64];
            foreach (float value in u)
                bins[(int)(value * 64)]++;
            double expected = u.Length / 64.0,
                chi = bins.Sum(b => (b - expected) * (b - expected) / expected);
            Assert.InRange(chi, 20, 130);
        }
    }

    /// <summary>Neighbouring samples, slots, steps, runs, seeds and purposes are uncorrelated: |r| &lt; 5.5/√N.</summary>
    [Fact]
    public void NeighboursInEveryDirectionAreIndependent()
    {
        var home = new RandomStream(3, 4, 5, Purpose.Samples);
        float[] u = Numbers(home, 1000, 7);
        float[][] others =
        [
            Numbers(home, 1000, 8),
            Numbers(home with { Step = 6 }, 1000, 7),
            Numbers(home with { Run = 5 }, 1000, 7),
            Numbers(home with { Seed = 4 }, 1000, 7),
            Numbers(home with { Purpose = Purpose.Start }, 1000, 7),
            [.. u.Skip(1), u[0]],
            [.. u.Skip(16), .. u.Take(16)],
        ];
        foreach (float[] v in others)
        {
            double r = 12 * u.Zip(v, (a, b) => (a - 0.5) * (b - 0.5)).Average();
            Assert.InRange(Math.Abs(r), 0, 5.5 / Math.Sqrt(u.Length));
        }
    }

    /// <summary>A register of any size gives the words of the counters, whatever its size.</summary>
    [Fact]
    public void RegistersOfEverySizeHoldTheWordsOfTheirCounters()
    {
        var stream = new RandomStream(0xFFFFFFF0, 0x80000001, 99, Purpose.Entries);
        for (uint tile = 0; tile < 3; tile++)
        {
            float[] expected = [.. Enumerable.Range(0, 64).Select(s => Word(stream, tile, 7, s))];
            Assert.Equal(expected, Tile<Vector512<float>, Lanes512>(stream, tile, 7));
            Assert.Equal(expected, Tile<Vector256<float>, Lanes256>(stream, tile, 7));
            Assert.Equal(expected, Tile<Vector128<float>, Lanes128>(stream, tile, 7));
        }
    }

    private static float Word(RandomStream stream, uint tile, uint slot, int sample)
    {
        (uint x, uint y, uint z, uint w) = Philox.Words(
            tile * 16 + (uint)sample % 16,
            slot,
            stream.Step,
            (uint)stream.Purpose,
            stream.Seed,
            stream.Run
        );
        return new[] { x, y, z, w }[sample / 16] >> 8;
    }

    private static unsafe float[] Tile<V, L>(RandomStream stream, uint tile, uint slot)
        where V : struct
        where L : struct, ILanes<V>
    {
        AlignedBuffer keys = new(Uniforms<V, L>.KeyFloats),
            numbers = new(64);
        Uniforms<V, L>.Keys(stream, keys.Pointer);
        for (int lane = 0; lane < 16; lane += L.Width)
        {
            Uniforms<V, L>.Next(stream, keys.Pointer, tile * 16 + (uint)lane, slot, out V a, out V b, out V c, out V d);
            L.Store(a, numbers.Pointer + lane);
            L.Store(b, numbers.Pointer + lane + 16);
            L.Store(c, numbers.Pointer + lane + 32);
            L.Store(d, numbers.Pointer + lane + 48);
        }
        GC.KeepAlive(keys);
        return numbers.Span.ToArray();
    }

    private static float[] Numbers(RandomStream stream, int tiles, uint slot)
    {
        var numbers = new List<float>();
        for (uint t = 0; t < tiles; t++)
            numbers.AddRange(Tile<Vector256<float>, Lanes256>(stream, t, slot).Select(v => v / (1 << 24)));
        return [.. numbers];
    }
}
