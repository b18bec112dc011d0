using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Grassmannian.Planes;

/// <summary>
/// Computes flat(S), and the coordinates of its features in the plane of a subset S, in one pass over the Gram rows of S.
/// </summary>
internal static class FlatCoordinates
{
    /// <summary>
    /// Computes Y = L⁻¹ G_{S,·} and d_j = 1 − ‖y_j‖², keeps the features with d_j ≤ limit, moved to the front, and returns how many there
    /// are.
    /// </summary>
    /// <param name="problem">Gives the padded Gram matrix.</param>
    /// <param name="subset">S, k features.</param>
    /// <param name="factor">L, k×k row-major, the Cholesky factor of G_S; only its lower triangle is read.</param>
    /// <param name="limit">Largest squared residual of a feature of the flat.</param>
    /// <param name="y">k rows of the stride; receives the coordinates of the flat's features, feature-ascending.</param>
    /// <param name="residuals">One row; receives max(0, d_j).</param>
    /// <param name="flat">Receives the features; at least n long.</param>
    /// <remarks>Allocates nothing. Complexity: n·k²/2 multiply-adds, eight at a time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Flat(
        PlaneProblem problem,
        ReadOnlySpan<int> subset,
        ReadOnlySpan<double> factor,
        double limit,
        Span<double> y,
        Span<double> residuals,
        Span<int> flat
    )
    {
        int k = subset.Length,
            stride = problem.Stride,
            count = 0;
        if (factor.Length < k * k || y.Length < k * stride || residuals.Length < stride || flat.Length < problem.N)
            throw new ArgumentException($"expected room for {k} rows of {stride}");
        ref double gram = ref MemoryMarshal.GetArrayDataReference(problem.Gram),
            ry = ref MemoryMarshal.GetReference(y);
        Vector512<double> most = Vector512.Create(limit);
        for (int j = 0; j < stride; j += 8)
        {
            Vector512<double> rest = Vector512<double>.One;
            for (int i = 0; i < k; i++)
            {
                Vector512<double> v = Vector512.LoadUnsafe(ref gram, (nuint)((subset[i] * stride) + j));
                for (int l = 0; l < i; l++)
                    v = Vector512.FusedMultiplyAdd(
                        Vector512.Create(-factor[(i * k) + l]),
                        Vector512.LoadUnsafe(ref ry, (nuint)((l * stride) + j)),
                        v
                    );
                v *= Vector512.Create(1 / factor[(i * k) + i]);
                v.StoreUnsafe(ref ry, (nuint)((i * stride) + j));
                rest = Vector512.FusedMultiplyAdd(-v, v, rest);
            }
            ulong inside = Vector512.LessThanOrEqual(rest, most).ExtractMostSignificantBits();
            for (; inside != 0; inside &= inside - 1)
            {
                int lane = BitOperations.TrailingZeroCount(inside),
                    at = j + lane;
                // The rest is padding.
                if (at >= problem.N)
                    break;
                flat[count] = at;
                residuals[count] = Math.Max(0, rest[lane]);
                // Moving in place is safe, because count ≤ at.
                for (int i = 0; i < k; i++)
                    y[(i * stride) + count] = y[(i * stride) + at];
                count++;
            }
        }
        return count;
    }
}
