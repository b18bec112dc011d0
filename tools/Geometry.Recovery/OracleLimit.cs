using Geometry.LinearAlgebra;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>
/// The noise at which nothing can tell a partition: a decoder that is given the shapes, their exact norms and the true correspondence up to
/// one exchange of two features of different summands.
/// </summary>
/// <remarks>
/// X = Q·T_π + N with isotropic Gaussian N: the likelihood of a correspondence π, at its best rotation Q, falls with min_Q ‖X − Q T_π‖² =
/// ‖X‖² + ‖T‖² − 2‖X T_πᵀ‖_* (nuclear norm; Schönemann 1966, doi:10.1007/BF02289451). The decoder errs when some exchange has a larger
/// nuclear norm. It knows more than any method, and is asked less: its failure rate is a lower bound to everyone's.
/// </remarks>
internal static class OracleLimit
{
    /// <summary>Whether the true correspondence is more likely than every exchange of two features between summands.</summary>
    /// <param name="template">The unrotated, noiseless columns in the features' order, feature-major n×m.</param>
    /// <param name="noisy">X, the same layout.</param>
    /// <param name="summand">True partition.</param>
    /// <param name="m">Dimensions.</param>
    public static bool Tells(double[] template, ReadOnlySpan<double> noisy, IReadOnlyList<int> summand, int m)
    {
        int n = summand.Count;
        double[] cross = new double[m * m],
            changed = new double[m * m],
            values = new double[m];
        for (int i = 0; i < n; i++)
            Add(cross, noisy.Slice(i * m, m), template.AsSpan(i * m, m), 1);
        double truth = NuclearNorm(cross, changed, values, m);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (summand[i] == summand[j])
                    continue;
                double[] rival = (double[])cross.Clone();
                Add(rival, noisy.Slice(i * m, m), template.AsSpan(i * m, m), -1);
                Add(rival, noisy.Slice(j * m, m), template.AsSpan(j * m, m), -1);
                Add(rival, noisy.Slice(i * m, m), template.AsSpan(j * m, m), 1);
                Add(rival, noisy.Slice(j * m, m), template.AsSpan(i * m, m), 1);
                if (NuclearNorm(rival, changed, values, m) > truth)
                    return false;
            }
        }
        return true;
    }

    private static void Add(double[] cross, ReadOnlySpan<double> x, ReadOnlySpan<double> t, double sign)
    {
        int m = x.Length;
        for (int a = 0; a < m; a++)
        {
            for (int b = 0; b < m; b++)
                cross[a * m + b] += sign * x[a] * t[b];
        }
    }

    private static double NuclearNorm(double[] matrix, double[] work, double[] values, int m)
    {
        matrix.CopyTo(work, 0);
        SingularValues.Compute(work, m, m, values);
        return values.Sum();
    }

    /// <summary>The template of a configuration: the one that the same stream makes without noise.</summary>
    public static double[] Template(IReadOnlyList<SyntheticPart> parts, IReadOnlyList<int> summand, int m)
    {
        double[] columns = new double[summand.Count * m];
        int[] next = new int[parts.Count],
            offset = new int[parts.Count];
        for (int p = 1; p < parts.Count; p++)
            offset[p] = offset[p - 1] + parts[p - 1].Dim;
        for (int i = 0; i < summand.Count; i++)
        {
            int p = summand[i],
                d = parts[p].Dim;
            parts[p].Vectors.AsSpan(next[p]++ * d, d).CopyTo(columns.AsSpan(i * m + offset[p]));
        }
        return columns;
    }
}
