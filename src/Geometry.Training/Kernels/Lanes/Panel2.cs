using System.Runtime.CompilerServices;

namespace Geometry.Training.Kernels.Lanes;

/// <summary>Two registers: with five rows there are ten sums, which leaves room for the panel and a factor in 16 registers.</summary>
internal unsafe struct Panel2<V, L> : IPanel<Panel2<V, L>>
    where V : struct
    where L : struct, ILanes<V>
{
    private V _a,
        _b;

    public static int Count => 2;

    public static int Samples => 2 * L.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel2<V, L> Load(float* from)
    {
        Panel2<V, L> p;
        p._a = L.Load(from);
        p._b = L.Load(from + L.Width);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel2<V, L> LoadRows(float* from, nint stride)
    {
        Panel2<V, L> p;
        p._a = L.Load(from);
        p._b = L.Load(from + stride);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel2<V, L> All(float value)
    {
        Panel2<V, L> p;
        p._a = L.All(value);
        p._b = p._a;
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to)
    {
        L.Store(_a, to);
        L.Store(_b, to + L.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Panel2<V, L> other)
    {
        _a = L.Add(_a, other._a);
        _b = L.Add(_b, other._b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddScaled(float a, Panel2<V, L> x)
    {
        V all = L.All(a);
        _a = L.MultiplyAdd(all, x._a, _a);
        _b = L.MultiplyAdd(all, x._b, _b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(float* p, Panel2<V, L> q)
    {
        V factor = L.Load(p);
        _a = L.MultiplyAdd(factor, q._a, _a);
        _b = L.MultiplyAdd(factor, q._b, _b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Panel2<V, L> Backward<TAct>(Panel2<V, L> x, Panel2<V, L> c, float gamma)
        where TAct : struct, IActivation
    {
        Panel2<V, L> p;
        p._a = TAct.Backward<V, L>(_a, x._a, c._a, gamma);
        p._b = TAct.Backward<V, L>(_b, x._b, c._b, gamma);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<TEpilogue>(TEpilogue epilogue, int row, nint offset)
        where TEpilogue : struct, IEpilogue
    {
        epilogue.Finish<V, L>(_a, row, offset);
        epilogue.Finish<V, L>(_b, row, offset + L.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spill(float* to)
    {
        L.Store(_a, to);
        L.Store(_b, to + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSums(float* sum) => LaneSums.Add(sum, L.Quarter(_a), L.Quarter(_b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(float* lanes, float* sum) => LaneSums.Add(sum, L.Quarter(lanes), L.Quarter(lanes + 16));
}
