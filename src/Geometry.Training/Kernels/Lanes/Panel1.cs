using System.Runtime.CompilerServices;

namespace Geometry.Training.Kernels.Lanes;

/// <summary>One register.</summary>
internal unsafe struct Panel1<V, L> : IPanel<Panel1<V, L>>
    where V : struct
    where L : struct, ILanes<V>
{
    private V _a;

    public static int Count => 1;

    public static int Samples => L.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel1<V, L> Load(float* from)
    {
        Panel1<V, L> p;
        p._a = L.Load(from);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel1<V, L> LoadRows(float* from, nint stride)
    {
        Panel1<V, L> p;
        p._a = L.Load(from);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel1<V, L> All(float value)
    {
        Panel1<V, L> p;
        p._a = L.All(value);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to)
    {
        L.Store(_a, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Panel1<V, L> other)
    {
        _a = L.Add(_a, other._a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddScaled(float a, Panel1<V, L> x)
    {
        V all = L.All(a);
        _a = L.MultiplyAdd(all, x._a, _a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(float* p, Panel1<V, L> q)
    {
        V factor = L.Load(p);
        _a = L.MultiplyAdd(factor, q._a, _a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Panel1<V, L> Backward<TAct>(Panel1<V, L> x, Panel1<V, L> c, float gamma)
        where TAct : struct, IActivation
    {
        Panel1<V, L> p;
        p._a = TAct.Backward<V, L>(_a, x._a, c._a, gamma);
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<TEpilogue>(TEpilogue epilogue, int row, nint offset)
        where TEpilogue : struct, IEpilogue
    {
        epilogue.Finish<V, L>(_a, row, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spill(float* to)
    {
        L.Store(_a, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSums(float* sum) => LaneSums.Add(sum, L.Quarter(_a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(float* lanes, float* sum) => LaneSums.Add(sum, L.Quarter(lanes));
}
