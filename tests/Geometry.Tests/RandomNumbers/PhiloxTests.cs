using System.Runtime.Intrinsics;
using Geometry.RandomNumbers;
using Xunit;

namespace Geometry.Tests.RandomNumbers;

public class PhiloxTests
{
    /// <summary>Known answers published with the reference implementation (Random123, kat_vectors).</summary>
    [Theory]
    [InlineData(10, 0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(10, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        10,
        0x243f6a88u,
        0x85a308d3u,
        0x13198a2eu,
        0x03707344u,
        0xa4093822u,
        0x299f31d0u,
        0xd16cfe09u,
        0x94fdccebu,
        0x5001e420u,
        0x24126ea1u
    )]
    [InlineData(7, 0u, 0u, 0u, 0u, 0u, 0u, 0x5f6fb709u, 0x0d893f64u, 0x4f121f81u, 0x4f730a48u)]
    public void AnswersAsPublished(int rounds, uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x, uint y, uint z, uint w) =>
        Assert.Equal((x, y, z, w), Philox.Words(c0, c1, c2, c3, k0, k1, rounds));

    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u)]
    [InlineData(16u, 3u, 99u, 5u, 0xFFFFFFFFu, 77u)]
    [InlineData(0xFFFFFF00u, 0x80000000u, 0x7FFFFFFFu, 1u, 12345u, 0xDEADBEEFu)]
    public void SixteenAtATimeAreTheSameWords(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        Philox.Words16(c0, c1, c2, c3, k0, k1, out Vector512<uint> x, out Vector512<uint> y, out Vector512<uint> z, out Vector512<uint> w);
        for (int l = 0; l < 16; l++)
            Assert.Equal(Philox.Words(c0 + (uint)l, c1, c2, c3, k0, k1), (x[l], y[l], z[l], w[l]));
    }
}
