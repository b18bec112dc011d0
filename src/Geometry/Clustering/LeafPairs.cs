using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Geometry.Clustering;

/// <summary>
/// Finds which points of two leaves are within ε of each other: in single precision where that decides, from the exact sum where it does
/// not.
/// </summary>
/// <remarks>
/// <para>For the single-precision form the points are moved to the middle of their box and divided by ε. With u = 2⁻²⁴ and squared norms up
/// to a and b, the computed squared distance of a pair is off by at most u((D+12)(a+b) + 8): D for the sum of products (Higham 2002, §3.1),
/// the rest for rounding the coordinates, the norms and the differences. Pairs within that margin of ε are decided by
/// <see cref="PointTree.Within"/>; so are whole leaves whose margin is too wide to decide much, as when the points spread over many
/// thousand ε.</para>
/// <para>Memory: 4 bytes per coordinate, and one bit per pair of leaves where that is less than the points take.</para>
/// </remarks>
internal sealed class LeafPairs
{
    private const int Side = PointTree.LeafSize,
        Blocks = Side / PointTree.Lanes;
    private const double Unit = 1.0 / (1 << 24),
        WidestMargin = 1.0 / 32;

    private readonly PointTree _tree;
    private readonly int _chunks;
    private readonly float[] _coordinates,
        _halves;
    private readonly double[] _largestNorm;
    private readonly ulong[]? _apart;
    private readonly int _rowWords;

    internal LeafPairs(PointTree tree, double epsilon, ParallelOptions parallel)
    {
        (_tree, Limit) = (tree, epsilon * epsilon);
        int leaves = tree.LeafCount,
            dim = tree.Dim;
        _chunks = (dim + GramKernel.Chunk - 1) / GramKernel.Chunk;
        _coordinates = new float[(long)leaves * Side * dim];
        _halves = new float[(long)leaves * Side * _chunks];
        _largestNorm = new double[leaves];
        _rowWords = (leaves + 63) / 64;
        if ((long)leaves * _rowWords <= (long)tree.Count * dim)
            _apart = new ulong[(long)leaves * _rowWords];
        double[] middle = new double[dim];
        for (int d = 0; d < dim; d++)
            middle[d] = (tree.Low[d] / 2) + (tree.High[d] / 2);
        Parallel.For(0, leaves, parallel, leaf => Fill(leaf, middle, epsilon));
    }

    /// <summary>ε², the limit of exact squared distances.</summary>
    internal double Limit { get; }

    /// <summary>Room for the result and the work of <see cref="Near"/>, one per thread.</summary>
    internal sealed class Workspace(int dim)
    {
        /// <summary>Bit i of row j: point i of the first leaf and point j of the second are within ε.</summary>
        internal readonly uint[] Rows = new uint[Side];
        internal readonly double[] X = new double[dim];
        internal readonly uint[] Doubt = new uint[GramKernel.Group];
    }

    /// <summary>A workspace for one thread.</summary>
    internal Workspace NewWorkspace() => new(_tree.Dim);

    /// <summary>True when it is on record that no two points of the leaves are within ε.</summary>
    internal bool KnownApart(int a, int b) =>
        _apart is not null && (_apart[((long)Math.Min(a, b) * _rowWords) + (Math.Max(a, b) >> 6)] >> (Math.Max(a, b) & 63) & 1) != 0;

    /// <summary>Records that no two points are within ε; a ≤ b, and only one thread writes for a given a.</summary>
    internal void RecordApart(int a, int b)
    {
        if (_apart is not null)
            _apart[((long)a * _rowWords) + (b >> 6)] |= 1UL << (b & 63);
    }

    /// <summary>Fills <see cref="Workspace.Rows"/>; false when all rows are empty.</summary>
    internal bool Near(int a, int b, Workspace work)
    {
        double margin = 1.01 * Unit * (((_tree.Dim + 12) * (_largestNorm[a] + _largestNorm[b])) + 8);
        return margin < WidestMargin && double.IsNormal(Limit) ? Gram(a, b, (float)margin, work) : Exact(a, b, work);
    }

    private bool Exact(int a, int b, Workspace work)
    {
        uint any = 0;
        for (int j = 0; j < Side; j++)
            any |= work.Rows[j] = Exact(a, b, j, uint.MaxValue, work.X);
        return any != 0;
    }

    /// <summary>The wanted bits of row j.</summary>
    private uint Exact(int a, int b, int j, uint wanted, double[] x)
    {
        int slot = (b * Side) + j;
        if (_tree.Order[slot] < 0)
            return 0;
        _tree.Gather(slot, x);
        uint row = 0;
        for (int block = 0; block < Blocks; block++)
        {
            int shift = block * PointTree.Lanes;
            if ((wanted >> shift & 0xFF) != 0)
                row |= _tree.Within((a * Blocks) + block, x, Limit) << shift;
        }
        return row & wanted;
    }

    private bool Gram(int a, int b, float margin, Workspace work)
    {
        int area = Side * _tree.Dim,
            halves = Side * _chunks;
        ref float x = ref At(_coordinates, (long)a * area),
            y = ref At(_coordinates, (long)b * area);
        ref float hx = ref At(_halves, (long)a * halves),
            hy = ref At(_halves, (long)b * halves);
        uint any = 0;
        for (int j = 0; j < Side; j += GramKernel.Group)
        {
            Span<uint> rows = work.Rows.AsSpan(j, GramKernel.Group),
                doubt = work.Doubt;
            GramKernel.Compare(ref x, ref Unsafe.Add(ref y, j), ref hx, ref Unsafe.Add(ref hy, j), _tree.Dim, margin, rows, doubt);
            for (int i = 0; i < rows.Length; i++)
            {
                if (doubt[i] != 0)
                    rows[i] |= Exact(a, b, j + i, doubt[i], work.X);
                any |= rows[i];
            }
        }
        return any != 0;
    }

    private static ref float At(float[] array, long index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)index);

    private void Fill(int leaf, double[] middle, double epsilon)
    {
        int dim = _tree.Dim;
        Span<float> coordinates = _coordinates.AsSpan(leaf * Side * dim, Side * dim),
            halves = _halves.AsSpan(leaf * Side * _chunks, Side * _chunks);
        double[] x = new double[dim];
        for (int i = 0; i < Side; i++)
        {
            int slot = (leaf * Side) + i;
            if (_tree.Order[slot] < 0)
            {
                for (int c = 0; c < _chunks; c++)
                    halves[(c * Side) + i] = float.PositiveInfinity;
                continue;
            }
            _tree.Gather(slot, x);
            double norm = 0;
            for (int d = 0; d < dim; d++)
            {
                float value = (float)((x[d] - middle[d]) / epsilon);
                coordinates[(d * Side) + i] = value;
                norm += (double)value * value;
                halves[(d / GramKernel.Chunk * Side) + i] = (float)(norm / 2);
            }
            // A coordinate beyond the range of float makes this infinite, and the margin too wide.
            _largestNorm[leaf] = Math.Max(_largestNorm[leaf], norm);
        }
    }
}
