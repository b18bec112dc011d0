using Geometry.Decisions;
using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// Whether a set of columns is a direct sum of smaller configurations, which is so when its linear matroid is disconnected. Pyramids, whose
/// apex is a coloop, are the case that the literature's pipeline discards by name.
/// </summary>
/// <remarks>
/// The orthogonal projector R onto the row space of X is block diagonal exactly over the connected components of the matroid (Oxley,
/// Matroid Theory, 2nd ed., §4.1–4.2: the components are those of the fundamental graph of any basis, whose zero blocks are those of R),
/// whether the parts are orthogonal or not. An entry counts as non-zero above <see cref="DecisionConstants.MatroidDeviations"/> standard
/// deviations of its first-order noise, see <see cref="EdgeStrength"/>. O(n²k + min(n,m)³).
/// </remarks>
internal static class Reducibility
{
    /// <summary>True when the columns split into parts that span independent subspaces.</summary>
    /// <param name="x">Unit columns, feature-major, m entries each.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="features">The columns in question, at least one.</param>
    /// <param name="dim">Dimension of the plane they lie in.</param>
    /// <param name="noise">Standard deviation per coordinate.</param>
    /// <param name="constants">The thresholds.</param>
    public static bool IsReducible(
        ReadOnlySpan<double> x,
        int m,
        ReadOnlySpan<int> features,
        int dim,
        double noise,
        DecisionConstants constants
    )
    {
        int n = features.Length;
        if (n <= dim)
            return n > 1;
        PrincipalAxes axes = PrincipalAxes.Of(x, m, features);
        double[] z = new double[n * dim],
            a = new double[n],
            leverage = new double[n];
        EdgeStrength.RowSpace(x, m, features, axes, dim, z, a, leverage);

        double threshold = constants.MatroidDeviations * Math.Max(noise, constants.MatroidNoiseFloor);
        var open = new Stack<int>([0]);
        bool[] reached = new bool[n];
        reached[0] = true;
        int count = 1;
        while (open.TryPop(out int i))
        {
            for (int j = 0; j < n; j++)
            {
                if (reached[j])
                    continue;
                double r = Vectors.Dot(z.AsSpan(i * dim, dim), z.AsSpan(j * dim, dim));
                if (Math.Abs(r) <= threshold * EdgeStrength.Deviation(a[i], leverage[i], a[j], leverage[j], constants))
                    continue;
                reached[j] = true;
                count++;
                open.Push(j);
            }
        }
        return count < n;
    }
}
