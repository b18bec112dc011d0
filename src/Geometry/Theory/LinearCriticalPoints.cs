using Geometry.Grassmannian;

namespace Geometry.Theory;

/// <summary>A critical point of the linear autoencoder: projection onto the eigenvectors of a subset I.</summary>
/// <param name="Subset">I, ascending indices into the spectrum.</param>
/// <param name="Loss">tr Σ − Σ_{i∈I} λ_i.</param>
/// <param name="MorseIndex">Number of descending directions.</param>
/// <param name="IsDegenerate">Whether an eigenvalue inside I equals one outside: the point belongs to a continuum of equal loss.</param>
public sealed record LinearCriticalPoint(IReadOnlyList<int> Subset, double Loss, long MorseIndex, bool IsDegenerate)
{
    /// <summary>Rank r = |I| of the map.</summary>
    public int Rank => Subset.Count;

    /// <summary>
    /// Whether it is a minimum, which then is global. Every other critical point is a saddle, except that W = 0 is a maximum of the tied
    /// loss.
    /// </summary>
    public bool IsMinimum => MorseIndex == 0;
}

/// <summary>
/// All critical points of x ↦ ABx and of the tied x ↦ WᵀWx with d hidden dimensions, for data of covariance Σ with eigenvalues λ_1 … λ_D
/// &gt; 0.
/// </summary>
/// <remarks>
/// A critical point of rank r ≤ d is A = U_I C, B = C⁻¹U_Iᵀ (tied: W = Q U_Iᵀ, Q orthonormal) for a set I of r eigenvectors and any
/// invertible matrix C. Its loss is tr Σ − Σ_I λ, and its Morse index #{(j∈I, k∉I): λ_k &gt; λ_j} + (d−r)(D−r), the same for both. Where
/// λ_k − λ_j &gt; 0, a rotation of u_j towards u_k by the angle with tangent ε lowers the loss by ε²/(1+ε²)·(λ_k − λ_j). Source: Baldi and
/// Hornik 1989, doi:10.1016/0893-6080(89)90014-2; the index follows by counting and was checked numerically. O(D·r) per subset of size r,
/// for Σ_{r≤d} C(D,r) subsets.
/// </remarks>
public static class LinearCriticalPoints
{
    /// <summary>Largest number of subsets that are listed.</summary>
    public const int MostSubsets = 1 << 20;

    /// <summary>Largest relative difference of eigenvalues that count as equal.</summary>
    private const double Equal = 1e-12;

    /// <summary>The critical points by falling rank, then by falling eigenvalues of the set.</summary>
    /// <param name="spectrum">λ_1 … λ_D, each finite and &gt; 0, in any order.</param>
    /// <param name="hidden">d, 1 … D.</param>
    /// <exception cref="ArgumentException">The spectrum is empty or not positive, d is out of range, or there are more than
    /// <see cref="MostSubsets"/> subsets.</exception>
    public static IReadOnlyList<LinearCriticalPoint> Of(IReadOnlyList<double> spectrum, int hidden)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        int dimensions = spectrum.Count;
        foreach (double value in spectrum)
        {
            if (!(value > 0 && double.IsFinite(value)))
                throw new ArgumentException(FormattableString.Invariant($"expected eigenvalues above 0, found {value}"), nameof(spectrum));
        }
        if (hidden < 1 || hidden > dimensions)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"expected from 1 to {dimensions} hidden dimensions for {dimensions} eigenvalues, found {hidden}"
                ),
                nameof(hidden)
            );
        if (Count(dimensions, hidden) > MostSubsets)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{dimensions} eigenvalues and {hidden} hidden dimensions have more than {MostSubsets} critical points"
                ),
                nameof(spectrum)
            );
        // With the largest eigenvalue first, the subsets come roughly in the order of their loss.
        int[] order = [.. Enumerable.Range(0, dimensions).OrderByDescending(i => spectrum[i])];
        var points = new List<LinearCriticalPoint>();
        for (int rank = hidden; rank >= 0; rank--)
        {
            int[] subset = new int[rank];
            KSubsets.First(subset);
            do points.Add(Point(spectrum, hidden, [.. subset.Select(i => order[i]).Order()]));
            while (KSubsets.Next(subset, dimensions));
        }
        return points;
    }

    /// <summary>Whether two eigenvalues are equal; then eigenvectors and critical points are not unique.</summary>
    /// <param name="spectrum">Any numbers.</param>
    public static bool IsDegenerate(IReadOnlyList<double> spectrum)
    {
        double[] sorted = [.. spectrum.Order()];
        return sorted.Zip(sorted.Skip(1)).Any(pair => AreEqual(pair.First, pair.Second));
    }

    private static LinearCriticalPoint Point(IReadOnlyList<double> spectrum, int hidden, int[] subset)
    {
        bool[] inside = new bool[spectrum.Count];
        foreach (int i in subset)
            inside[i] = true;
        double loss = 0;
        long index = (long)(hidden - subset.Length) * (spectrum.Count - subset.Length);
        bool degenerate = false;
        for (int k = 0; k < spectrum.Count; k++)
        {
            if (inside[k])
                continue;
            loss += spectrum[k];
            foreach (int j in subset)
            {
                if (AreEqual(spectrum[k], spectrum[j]))
                    degenerate = true;
                else if (spectrum[k] > spectrum[j])
                    index++;
            }
        }
        return new LinearCriticalPoint(subset, loss, index, degenerate);
    }

    private static bool AreEqual(double a, double b) => Math.Abs(a - b) <= Equal * Math.Max(Math.Abs(a), Math.Abs(b));

    /// <summary>Σ_{r≤d} C(D,r), or a number above <see cref="MostSubsets"/>.</summary>
    private static double Count(int dimensions, int hidden)
    {
        double sum = 0,
            binomial = 1;
        for (int r = 0; r <= hidden && sum <= MostSubsets; r++)
        {
            sum += binomial;
            binomial *= (double)(dimensions - r) / (r + 1);
        }
        return sum;
    }
}
