namespace Geometry.Training.Kernels.Lanes;

/// <summary>
/// One, two or four registers side by side, a register blocking: a kernel multiplies some rows with one panel and keeps rows × registers
/// sums. A struct, each of whose fields the JIT keeps in a register; kernels change it in place, so the sums stay there.
/// </summary>
internal unsafe interface IPanel<P>
    where P : struct, IPanel<P>
{
    /// <summary>Number of registers.</summary>
    static abstract int Count { get; }

    /// <summary>Number of floats.</summary>
    static abstract int Samples { get; }

    /// <summary>Loads consecutive floats.</summary>
    static abstract P Load(float* from);

    /// <summary>A register from each of <see cref="Count"/> rows.</summary>
    static abstract P LoadRows(float* from, nint stride);

    /// <summary>The same number everywhere.</summary>
    static abstract P All(float value);

    void Store(float* to);

    void Add(P other);

    /// <summary>Adds a·x.</summary>
    void AddScaled(float a, P x);

    /// <summary>Adds p·q register by register, where p is one register in memory.</summary>
    void AddProduct(float* p, P q);

    /// <summary>c (act(z) − x) act'(z), where this panel is z.</summary>
    P Backward<TAct>(P x, P c, float gamma)
        where TAct : struct, IActivation;

    /// <summary>Passes the panel to an epilogue as entries of a row.</summary>
    void Finish<TEpilogue>(TEpilogue epilogue, int row, nint offset)
        where TEpilogue : struct, IEpilogue;

    /// <summary>Stores register r at to + 16r.</summary>
    void Spill(float* to);

    /// <summary>sum[r] += the sum of the sixteen lanes of register r.</summary>
    void AddSums(float* sum);

    /// <summary>The same for lanes in memory; those of register r are at lanes + 16r.</summary>
    static abstract void AddSums(float* lanes, float* sum);
}
