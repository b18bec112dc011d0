using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>The axes along which vectors have coordinates ±1/√k: those of a cube or a demicube, found without a template.</summary>
/// <remarks>
/// For every set of signs whose products of four are 0 on average, such as a demicube from k = 5 on, mean x⟨x,w⟩³ = (3‖w‖²w − 2w∘w∘w)/k² in
/// the coordinates along the axes. The map w ← 3‖w‖²w/k² − mean x⟨x,w⟩³ therefore cubes these coordinates, and from almost every start only
/// the largest one survives. (It is the fixed-point iteration of A. Hyvärinen and E. Oja, Neural Computation 9 (1997), on vertices in place
/// of signals.) Axes and signs are then fitted in turn, by Procrustes, until the signs no longer change. O(count·k²) per round of all axes.
/// </remarks>
internal static class CubeAxes
{
    private const int MostSteps = 100,
        MostRounds = 20;

    /// <summary>Finds the axes.</summary>
    /// <param name="unit">Unit vectors, row-major count×k.</param>
    /// <param name="k">Dimension, 5 … 31.</param>
    /// <param name="axes">Destination, row-major k×k, orthonormal rows.</param>
    /// <param name="scratch">2k² entries.</param>
    /// <returns>False when an iteration collapses to zero, or the signs leave the axes undetermined.</returns>
    public static bool Find(ReadOnlySpan<double> unit, int k, Span<double> axes, Span<double> scratch)
    {
        for (int axis = 0; axis < k; axis++)
        {
            if (!FindOne(unit, k, axes, axis, scratch))
                return false;
        }
        int count = unit.Length / k;
        long before = -1;
        for (int round = 0; round < MostRounds; round++)
        {
            // M = Σ sign(i)·x: the axes that fit the signs best are its polar factor.
            Span<double> m = scratch[..(k * k)];
            m.Clear();
            long hash = 17;
            for (int v = 0; v < count; v++)
            {
                ReadOnlySpan<double> x = unit.Slice(v * k, k);
                int signs = Signs(x, axes, out _);
                hash = unchecked(hash * 1_000_003 + signs);
                for (int i = 0; i < k; i++)
                    Vectors.Axpy((signs >> i & 1) == 0 ? 1 : -1, x, m.Slice(i * k, k));
            }
            if (hash == before)
                return true;
            before = hash;
            if (!Procrustes.Polar(m, k))
                return false;
            m.CopyTo(axes);
        }
        return true;
    }

    /// <summary>The signs of a vector's coordinates along the axes, one bit each, set for minus.</summary>
    /// <param name="x">The vector.</param>
    /// <param name="axes">Row-major k×k.</param>
    /// <param name="weakest">Receives the axis with the smallest coordinate in absolute value.</param>
    public static int Signs(ReadOnlySpan<double> x, ReadOnlySpan<double> axes, out int weakest)
    {
        int k = x.Length,
            signs = 0;
        double least = double.PositiveInfinity;
        weakest = 0;
        for (int i = 0; i < k; i++)
        {
            double coordinate = Vectors.Dot(axes.Slice(i * k, k), x);
            if (coordinate < 0)
                signs |= 1 << i;
            if (Math.Abs(coordinate) < least)
                (weakest, least) = (i, Math.Abs(coordinate));
        }
        return signs;
    }

    private static bool FindOne(ReadOnlySpan<double> unit, int k, Span<double> axes, int axis, Span<double> scratch)
    {
        int count = unit.Length / k;
        Span<double> w = axes.Slice(axis * k, k),
            next = scratch[..k];
        // Any start will do in which no two coordinates tie; 2.399963 is the golden angle in radians.
        for (int i = 0; i < k; i++)
            w[i] = Elementary.Sin(1 + 2.399963 * (i + 1) * (axis + 1));
        if (!Separate(axes, axis, w))
            return false;
        for (int step = 0; step < MostSteps; step++)
        {
            next.Clear();
            for (int v = 0; v < count; v++)
            {
                ReadOnlySpan<double> x = unit.Slice(v * k, k);
                double along = Vectors.Dot(x, w);
                Vectors.Axpy(-along * along * along / count, x, next);
            }
            Vectors.Axpy(3.0 / ((double)k * k), w, next);
            if (!Separate(axes, axis, next))
                return false;
            double turn = 1 - Math.Abs(Vectors.Dot(w, next));
            next.CopyTo(w);
            if (turn < 1e-12)
                break;
        }
        return true;
    }

    // Makes w orthogonal to the axes before it and of unit length; false where nothing is left of it.
    private static bool Separate(ReadOnlySpan<double> axes, int axis, Span<double> w)
    {
        Vectors.Orthogonalise(w, axes, axis);
        double norm = Vectors.Norm(w);
        if (!(norm > 1e-12))
            return false;
        Vectors.Scale(1 / norm, w);
        return true;
    }
}
