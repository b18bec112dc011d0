using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels.Lanes;

/// <summary>
/// The operations of the kernels on a register of <see cref="Width"/> numbers of single precision, one implementation a vector size. Every
/// operation is the same correctly rounded one on every processor: where the hardware has no fused multiply-add it is computed without.
/// </summary>
/// <typeparam name="V">The register: <see cref="Vector512{T}"/>, <see cref="Vector256{T}"/> or <see cref="Vector128{T}"/> of float, bare,
/// because the JIT keeps a bare vector in a register and moves a wrapped one about.</typeparam>
internal unsafe interface ILanes<V>
    where V : struct
{
    /// <summary>Numbers a register: 16, 8 or 4.</summary>
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

    /// <summary>All bits set where a &lt; b, none elsewhere.</summary>
    static abstract V Less(V a, V b);

    static abstract V Equal(V a, V b);

    static abstract V And(V a, V b);

    static abstract V Or(V a, V b);

    /// <summary>a where the mask's bits are set, b elsewhere.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>True when every lane is 0.</summary>
    static abstract bool AllZero(V a);

    /// <summary>The bits of an integer in every lane; lanes as bits of integers in what follows.</summary>
    static abstract V Bits(int value);

    /// <summary>Sum as integers of 32 bits.</summary>
    static abstract V AddBits(V a, V b);

    static abstract V ShiftLeft(V a, int count);

    /// <summary>Shifts zeros in from above.</summary>
    static abstract V ShiftRight(V a, int count);

    /// <summary>The integer of a number that is one.</summary>
    static abstract V ToInteger(V a);

    static abstract V FromInteger(V a);

    /// <summary>Width/2 words of 64 bits, all the same.</summary>
    static abstract V Words(ulong value);

    /// <summary>The words 0, 2, 4, …</summary>
    static abstract V EvenWords { get; }

    static abstract V AddWords(V a, V b);

    static abstract V Xor(V a, V b);

    /// <summary>The products of the low halves of the words, 64 bits each.</summary>
    static abstract V Product(V a, V b);

    /// <summary>The high halves of the words, in the low ones.</summary>
    static abstract V HighHalves(V a);

    /// <summary>The low halves of the words of both in turn: a₀ b₀ a₁ b₁ …</summary>
    static abstract V Interleave(V even, V odd);

    /// <summary>Sixteen numbers in memory, added down to four: lane l with l + 8, then with l + 4.</summary>
    static abstract Vector128<float> Quarter(float* lanes);

    /// <summary>The same of a register of sixteen; of smaller ones, the end of it.</summary>
    static abstract Vector128<float> Quarter(V lanes);
}
