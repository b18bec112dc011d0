using System.Runtime.CompilerServices;

namespace Geometry.Training.Kernels.Lanes;

/// <summary>Four registers: with five rows there are twenty sums, for 32 registers; with two rows eight, for 16 registers.</summary>
internal unsafe struct Panel4<V, L> : IPanel<Panel4<V, L>>
    where V : struct
    where L : struct, ILanes<V>
{
    private V _a,
        _b,
        _c,
        _d;

    public static int Count => 4;

    public static int Samples => 4 * L.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4<V, L> Load(float* from)
    {
        Panel4<V, L> p;
        p._a = L.Load(from);
        p._b = L.Load(from + L.Width);
        p._c = L.Load(from + 2 * L.Width);
        p._d = L.Load(from + 3 * L.Width);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4<V, L> LoadRows(float* from, nint stride)
    {
        Panel4<V, L> p;
        p._a = L.Load(from);
        p._b = L.Load(from + stride);
        p._c = L.Load(from + 2 * stride);
        p._d = L.Load(from + 3 * stride);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4<V, L> All(float value)
    {
        Panel4<V, L> p;
        p._a = L.All(value);
        p._b = p._a;
        p._c = p._a;
        p._d = p._a;
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to)
    {
        L.Store(_a, to);
        L.Store(_b, to + L.Width);
        L.Store(_c, to + 2 * L.Width);
        L.Store(_d, to + 3 * L.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Panel4<V, L> other)
    {
        _a = L.Add(_a, other._a);
        _b = L.Add(_b, other._b);
        _c = L.Add(_c, other._c);
        _d = L.Add(_d, other._d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddScaled(float a, Panel4<V, L> x)
    {
        V all = L.All(a);
        _a = L.MultiplyAdd(all, x._a, _a);
        _b = L.MultiplyAdd(all, x._b, _b);
        _c = L.MultiplyAdd(all, x._c, _c);
        _d = L.MultiplyAdd(all, x._d, _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(float* p, Panel4<V, L> q)
    {
        V factor = L.Load(p);
        _a = L.MultiplyAdd(factor, q._a, _a);
        _b = L.MultiplyAdd(factor, q._b, _b);
        _c = L.MultiplyAdd(factor, q._c, _c);
        _d = L.MultiplyAdd(factor, q._d, _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Panel4<V, L> Backward<TAct>(Panel4<V, L> x, Panel4<V, L> c, float gamma)
        where TAct : struct, IActivation
    {
        Panel4<V, L> p;
        p._a = TAct.Backward<V, L>(_a, x._a, c._a, gamma);
        p._b = TAct.Backward<V, L>(_b, x._b, c._b, gamma);
        p._c = TAct.Backward<V, L>(_c, x._c, c._c, gamma);
        p._d = TAct.Backward<V, L>(_d, x._d, c._d, gamma);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<TEpilogue>(TEpilogue epilogue, int row, nint offset)
        where TEpilogue : struct, IEpilogue
    {
        epilogue.Finish<V, L>(_a, row, offset);
        epilogue.Finish<V, L>(_b, row, offset + L.Width);
        epilogue.Finish<V, L>(_c, row, offset + 2 * L.Width);
        epilogue.Finish<V, L>(_d, row, offset + 3 * L.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spill(float* to)
    {
        L.Store(_a, to);
        L.Store(_b, to + 16);
        L.Store(_c, to + 2 * 16);
        L.Store(_d, to + 3 * 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSums(float* sum) => LaneSums.Add(sum, L.Quarter(_a), L.Quarter(_b), L.Quarter(_c), L.Quarter(_d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(float* lanes, float* sum) =>
        LaneSums.Add(sum, L.Quarter(lanes), L.Quarter(lanes + 16), L.Quarter(lanes + 2 * 16), L.Quarter(lanes + 3 * 16));
}
