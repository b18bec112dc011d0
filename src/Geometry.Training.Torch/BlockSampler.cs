using TorchSharp;
using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>
/// Fresh inputs for a block of R runs, (R, batch, n): x_i = 0 with probability S_i, else uniform on [0, 1); or exactly s features are 1 and
/// the others 0.
/// </summary>
/// <remarks>
/// Without groups one uniform number u per feature decides both activity (u &lt; p) and value (u/p). With groups, each group and each
/// feature outside all groups is a slot with one number, which decides whether the slot is active and, in an anticorrelated group, which
/// member; values are drawn separately. Where exactly s features are active, they are those with the largest of n uniform numbers.
/// </remarks>
internal sealed class BlockSampler : IDisposable
{
    private readonly Generator _generator;
    private readonly Device _device;
    private readonly int? _active;
    private readonly long[] _slotShape;
    private readonly long[] _shape;
    private readonly Tensor _density;
    private readonly Tensor? _slotOf;
    private readonly Tensor? _sizes;
    private readonly Tensor? _memberOf;

    public BlockSampler(TrainingRun[] runs, Device device)
    {
        (_device, _active) = (device, runs[0].Data.Active);
        (int features, FeatureGroups groups) = (runs[0].Model.Features, runs[0].Data.Groups);
        // Each block has one stream of random numbers, seeded by the runs in it.
        ulong seed = runs.Aggregate(14695981039346656037UL, (hash, run) =>
            ((hash ^ (uint)run.Seed) * 1099511628211UL ^ (uint)run.Index) * 1099511628211UL
        );
        _generator = new Generator(seed & long.MaxValue, device);
        int[] slotOf = new int[features],
            memberOf = new int[features];
        var sizes = new List<float>();
        var first = new List<int>();
        Array.Fill(slotOf, -1);
        foreach (IReadOnlyList<int> group in groups.Groups)
        {
            for (int k = 0; k < group.Count; k++)
                (slotOf[group[k]], memberOf[group[k]]) = (sizes.Count, k);
            sizes.Add(group.Count);
            first.Add(group[0]);
        }
        for (int i = 0; i < features; i++)
        {
            if (slotOf[i] >= 0)
                continue;
            slotOf[i] = sizes.Count;
            sizes.Add(1);
            first.Add(i);
        }
        bool grouped = groups.Kind != GroupKind.None;
        float[] density = [.. runs.SelectMany(r => first.Select(f => (float)r.Data.Density[f]))];
        _density = tensor(density, device: device).reshape(runs.Length, 1, first.Count);
        _shape = [runs.Length, runs[0].Plan.Batch, features];
        _slotShape = [runs.Length, runs[0].Plan.Batch, first.Count];
        if (!grouped)
            return;
        _slotOf = tensor([.. slotOf.Select(s => (long)s)], device: device);
        if (groups.Kind != GroupKind.Anticorrelated)
            return;
        _sizes = tensor(sizes.ToArray(), device: device);
        _memberOf = tensor([.. memberOf.Select(m => (float)m)], device: device);
    }

    /// <summary>The generator's state, from which the coming batches follow.</summary>
    public byte[] State
    {
        get
        {
            using Tensor state = _generator.get_state();
            return state.data<byte>().ToArray();
        }
        set
        {
            using Tensor state = tensor(value);
            _generator.set_state(state);
        }
    }

    /// <summary>The next batch; the caller's dispose scope owns it.</summary>
    public Tensor Next()
    {
        if (_active is { } active)
        {
            Tensor places = rand(_shape, ScalarType.Float32, _device, generator: _generator).topk(active, 2).indexes;
            return zeros(_shape, ScalarType.Float32, _device).scatter_(2, places, ones(places.shape, ScalarType.Float32, _device));
        }
        Tensor u = rand(_slotShape, ScalarType.Float32, _device, generator: _generator);
        Tensor isActive = u.lt(_density);
        if (_slotOf is null)
            return u.div(_density).mul(isActive);
        Tensor mask = isActive.index_select(2, _slotOf);
        if (_sizes is not null)
        {
            // Rounding may give u/p = 1.
            Tensor chosen = minimum(u.div(_density).mul(_sizes).floor(), _sizes - 1);
            mask = mask.logical_and(chosen.index_select(2, _slotOf).eq(_memberOf!));
        }
        return rand(_shape, ScalarType.Float32, _device, generator: _generator).mul(mask);
    }

    public void Dispose()
    {
        foreach (Tensor? tensor in (ReadOnlySpan<Tensor?>)[_density, _slotOf, _sizes, _memberOf])
            tensor?.Dispose();
        _generator.Dispose();
    }
}
