using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>The equal-norm tight frame nearest to given lines.</summary>
/// <remarks>
/// <para>
/// Alternating projection, which takes the polar factor √(L/k)·Y(YᵀY)^{−1/2} and unit lengths in turn (J. Tropp, I. Dhillon, R. Heath and
/// T. Strohmer, IEEE Trans. Inform. Theory 51 (2005)), ends in the nearest frame to first order in the distance, but takes hundreds of
/// rounds where parts of the frame are weakly connected. Here both projections are made at once: a step y_i ← y_i + Zy_i, Z symmetric,
/// followed by scaling to unit length, removes R = 1 − (k/L)YᵀY to first order when Z = R/2 + (k/L)Σ t_i y_i y_iᵀ, (1 − (k/L)G∘G)·t =
/// (y_iᵀRy_i)/2, where G are the cosines of the lines. Of all steps that do so it is the shortest.
/// </para>
/// <para>
/// 1 − (k/L)G∘G is the Laplacian of the squared cosines. Its null vector (1, …, 1) is filled in; a second null vector shows that the lines
/// split into orthogonal parts. Converges quadratically from frame operators below 3L/k, in about five steps. O(L²k + L³ + Lk²) per step.
/// Nothing is allocated.
/// </para>
/// </remarks>
internal static class NearestFrame
{
    private const int MostSteps = 60;

    /// <summary>Largest ‖(k/L)YᵀY − 1‖_F of the result, which is 0 for a tight frame.</summary>
    private const double Tight = 1e-9;

    /// <summary>Longest step, radians. Without it a frame that nearly splits would move lines far away.</summary>
    private const double LongestStep = 0.5;

    /// <summary>Number of scratch entries.</summary>
    public static int ScratchSize(int k, int lines) => k * k + k + lines * lines + lines;

    /// <summary>Replaces lines by the frame.</summary>
    /// <param name="y">Unit rows, row-major L×k; in and out.</param>
    /// <param name="k">Dimension, ≤ L.</param>
    /// <param name="scratch">At least <see cref="ScratchSize"/> entries.</param>
    /// <returns>
    /// False when the lines are so far from a tight frame, or so nearly split, that the iteration does not converge. The lines are then
    /// spoiled.
    /// </returns>
    public static bool Project(Span<double> y, int k, Span<double> scratch)
    {
        int l = y.Length / k;
        Span<double> z = scratch[..(k * k)],
            moved = scratch.Slice(k * k, k),
            laplacian = scratch.Slice(k * k + k, l * l),
            t = scratch.Slice(k * k + k + l * l, l);
        for (int step = 0; step < MostSteps; step++)
        {
            double distance = HalfDeviation(y, k, l, z);
            if (distance < Tight)
                return true;
            if (!double.IsFinite(distance) || !TrySolve(y, k, l, z, laplacian, t, moved))
                return false;
            for (int i = 0; i < l; i++)
                Vectors.AddOuterProduct(y.Slice(i * k, k), z, t[i] * k / l);
            Move(y, k, l, z, moved);
        }
        return false;
    }

    // z ← R/2; returns ‖R‖_F.
    private static double HalfDeviation(ReadOnlySpan<double> y, int k, int l, Span<double> z)
    {
        z.Clear();
        for (int i = 0; i < l; i++)
            Vectors.AddOuterProduct(y.Slice(i * k, k), z, -0.5 * k / l);
        for (int a = 0; a < k; a++)
            z[a * k + a] += 0.5;
        return 2 * Vectors.Norm(z);
    }

    private static bool TrySolve(
        ReadOnlySpan<double> y,
        int k,
        int l,
        ReadOnlySpan<double> z,
        Span<double> laplacian,
        Span<double> t,
        Span<double> moved
    )
    {
        for (int i = 0; i < l; i++)
        {
            ReadOnlySpan<double> row = y.Slice(i * k, k);
            for (int a = 0; a < k; a++)
                moved[a] = Vectors.Dot(z.Slice(a * k, k), row);
            t[i] = Vectors.Dot(moved, row);
            double degree = 0;
            for (int j = 0; j < l; j++)
            {
                if (j == i)
                    continue;
                double cos = Vectors.Dot(row, y.Slice(j * k, k));
                degree += cos * cos;
                laplacian[i * l + j] = 1.0 / l - (double)k / l * cos * cos;
            }
            laplacian[i * l + i] = 1.0 / l + (double)k / l * degree;
        }
        if (!SmallCholesky.Factor(laplacian, l, 1e-12))
            return false;
        SmallCholesky.SolveLower(laplacian, l, t);
        SmallCholesky.SolveUpper(laplacian, l, t);
        return true;
    }

    private static void Move(Span<double> y, int k, int l, ReadOnlySpan<double> z, Span<double> moved)
    {
        double longest = 0;
        for (int i = 0; i < l; i++)
        {
            for (int a = 0; a < k; a++)
                moved[a] = Vectors.Dot(z.Slice(a * k, k), y.Slice(i * k, k));
            longest = Math.Max(longest, Vectors.Norm(moved));
        }
        double share = longest > LongestStep ? LongestStep / longest : 1;
        for (int i = 0; i < l; i++)
        {
            Span<double> row = y.Slice(i * k, k);
            for (int a = 0; a < k; a++)
                moved[a] = row[a] + share * Vectors.Dot(z.Slice(a * k, k), row);
            double norm = Vectors.Norm(moved);
            for (int a = 0; a < k; a++)
                row[a] = moved[a] / norm;
        }
    }
}
