using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels.Lanes;

/// <summary>
/// The operations of the kernels on a register of <see cref="Width"/> numbers of single precision, with one implementation per vector size.
/// Every operation is correctly rounded and the same on every processor; where the hardware has no fused multiply-add, it is emulated.
/// </summary>
/// <typeparam name="V">The register: <see cref="Vector512{T}"/>, <see cref="Vector256{T}"/> or <see cref="Vector128{T}"/> of float. It is
/// not wrapped in a struct, because the JIT keeps only a bare vector in a register.</typeparam>
internal unsafe interface ILanes<V>
    where V : struct
{
    /// <summary>Numbers per register: 16, 8 or 4.</summary>
    static abstract int Width { get; }

    static abstract V Load(float* from);

    static abstract void Store(V value, float* to);

    /// <summary>One number in every lane.</summary>
    static abstract V All(float value);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>ab + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract V Sqrt(V a);

    static abstract V Floor(V a);

    /// <summary>The smaller one; NaN when either is.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The larger one; NaN when either is.</summary>
    static abstract V Max(V a, V b);

    /// <summary>All bits set where a &lt; b, none set elsewhere.</summary>
    static abstract V Less(V a, V b);

    static abstract V Equal(V a, V b);

    static abstract V And(V a, V b);

    static abstract V Or(V a, V b);

    /// <summary>a where the mask's bits are set, b elsewhere.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>Whether every lane is 0.</summary>
    static abstract bool AllZero(V a);

    /// <summary>The bits of an integer in every lane; the next operations take lanes as bits of integers.</summary>
    static abstract V Bits(int value);

    /// <summary>Sum of integers of 32 bits.</summary>
    static abstract V AddBits(V a, V b);

    static abstract V ShiftLeft(V a, int count);

    /// <summary>Shifts zeros in from above.</summary>
    static abstract V ShiftRight(V a, int count);

    /// <summary>Converts whole numbers to integers.</summary>
    static abstract V ToInteger(V a);

    static abstract V FromInteger(V a);

    /// <summary>Width/2 equal words of 64 bits.</summary>
    static abstract V Words(ulong value);

    /// <summary>The words 0, 2, 4, …</summary>
    static abstract V EvenWords { get; }

    static abstract V AddWords(V a, V b);

    static abstract V Xor(V a, V b);

    /// <summary>The products of the low halves of the words, 64 bits each.</summary>
    static abstract V Product(V a, V b);

    /// <summary>The high halves of the words, moved to the low halves.</summary>
    static abstract V HighHalves(V a);

    /// <summary>The low halves of the words of both, alternating: a₀ b₀ a₁ b₁ …</summary>
    static abstract V Interleave(V even, V odd);

    /// <summary>Sixteen numbers in memory, added down to four: lane l with l + 8, then with l + 4.</summary>
    static abstract Vector128<float> Quarter(float* lanes);

    /// <summary>The same for a register of sixteen; for smaller ones, the last step of it.</summary>
    static abstract Vector128<float> Quarter(V lanes);
}
