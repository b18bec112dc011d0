using Geometry.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>Merges minima that differ by a permutation of features of equal importance and a rotation.</summary>
/// <remarks>
/// <para>
/// Minima are compared by the energy and by invariants under these changes: for each class of importance the sorted norms, biases and Σ_j
/// a_ij³, and for each pair of classes the sorted overlaps a_ij, all within <see cref="Same"/>, a thousand times the error that the descent
/// leaves. Two minima that agree in all these k(k+5)/2 numbers are taken as congruent; up to (5, 24) the number of classes is the same for
/// every tolerance from 1e-3 to 1e-5. The matcher of shapes does not serve here: its search has a budget, and the only polygons that it
/// knows are regular.
/// </para>
/// <para>
/// Minima with equal energy, norms and biases but different overlaps are a flat family where they have more than half as many classes as
/// starts, because then nearly every start finds another member: three vectors in the plane have no loss at any obtuse angles.
/// </para>
/// O(starts·k²·log k), and O(k²) for each start and class of its energy.
/// </remarks>
internal static class CongruentMinima
{
    /// <summary>Largest difference of two numbers that count as equal.</summary>
    private const double Same = 1e-4;

    /// <summary>
    /// Largest difference of two energies that count as equal; an energy is off by second order in the error of the descent.
    /// </summary>
    private const double SameEnergy = 1e-8;

    /// <summary>The classes, by rising energy, then falling share, then first start.</summary>
    /// <param name="found">The minimum of each start.</param>
    /// <param name="importance">I_i, length k.</param>
    public static IReadOnlyList<GroundState> Merge(IReadOnlyList<LocalMinimum> found, double[] importance)
    {
        double scale = Math.Max(1, importance.Max());
        int[] kind = Kinds(importance);
        var classes = new List<Class>();
        foreach (LocalMinimum minimum in found)
        {
            var invariants = new Invariants(minimum, kind);
            Class? known = classes.Find(c =>
                Math.Abs(c.Best.Energy - minimum.Energy) <= SameEnergy * scale && c.Invariants.Agree(invariants)
            );
            if (known is null)
                classes.Add(new Class(minimum, invariants));
            else
                known.Add(minimum);
        }
        return
        [
            .. Families(classes, SameEnergy * scale)
                .Select(f => new GroundState(f[0].Best, f.Sum(c => c.Starts), (double)f.Sum(c => c.Starts) / found.Count, f.Count > 1))
                .OrderBy(s => Math.Round(s.Minimum.Energy / scale, 8))
                .ThenByDescending(s => s.Starts),
        ];
    }

    /// <summary>Groups the classes into families; the classes of a family are in the order of falling number of starts.</summary>
    private static IEnumerable<List<Class>> Families(List<Class> classes, double sameEnergy)
    {
        var left = new List<Class>(classes);
        while (left.Count > 0)
        {
            Class first = left[0];
            List<Class> alike = left.FindAll(c =>
                Math.Abs(c.Best.Energy - first.Best.Energy) <= sameEnergy && c.Invariants.AgreeButForOverlaps(first.Invariants)
            );
            if (2 * alike.Count <= alike.Sum(c => c.Starts))
                alike = [first];
            left.RemoveAll(alike.Contains);
            yield return [.. alike.OrderByDescending(c => c.Starts)];
        }
    }

    /// <summary>For each feature, the rank of its importance among the distinct importances.</summary>
    private static int[] Kinds(double[] importance)
    {
        double[] distinct = [.. importance.Distinct().Order()];
        return Array.ConvertAll(importance, v => Array.BinarySearch(distinct, v));
    }

    private sealed class Class(LocalMinimum first, Invariants invariants)
    {
        public LocalMinimum Best { get; private set; } = first;

        public Invariants Invariants { get; } = invariants;

        public int Starts { get; private set; } = 1;

        public void Add(LocalMinimum minimum)
        {
            Starts++;
            if (minimum.GradientNorm < Best.GradientNorm)
                Best = minimum;
        }
    }

    /// <summary>Numbers that are invariant under rotations and under permutations within a class of importance.</summary>
    private sealed class Invariants
    {
        private readonly double[] _features;
        private readonly double[] _overlaps;

        public Invariants(LocalMinimum minimum, int[] kind)
        {
            int k = kind.Length,
                kinds = kind.Max() + 1;
            var norms = new List<(int, double)>();
            var biases = new List<(int, double)>();
            var cubes = new List<(int, double)>();
            var overlaps = new List<(int, double)>();
            double[] sums = new double[k];
            for (int i = 0; i < k; i++)
            {
                ReadOnlySpan<double> column = minimum.Weights.Column(i);
                norms.Add((kind[i], Vectors.Norm(column)));
                biases.Add((kind[i], minimum.Bias[i]));
                for (int j = 0; j < i; j++)
                {
                    double a = Vectors.Dot(column, minimum.Weights.Column(j));
                    overlaps.Add(((Math.Min(kind[i], kind[j]) * kinds) + Math.Max(kind[i], kind[j]), a));
                    sums[i] += a * a * a;
                    sums[j] += a * a * a;
                }
            }
            for (int i = 0; i < k; i++)
                cubes.Add((kind[i], sums[i]));
            _features = [.. Sorted(norms), .. Sorted(biases)];
            _overlaps = [.. Sorted(overlaps), .. Sorted(cubes)];
        }

        public bool Agree(Invariants other) => AgreeButForOverlaps(other) && Close(_overlaps, other._overlaps);

        public bool AgreeButForOverlaps(Invariants other) => Close(_features, other._features);

        private static IEnumerable<double> Sorted(List<(int Kind, double Value)> values)
        {
            values.Sort();
            return values.Select(v => v.Value);
        }

        private static bool Close(double[] x, double[] y)
        {
            for (int i = 0; i < x.Length; i++)
            {
                if (!(Math.Abs(x[i] - y[i]) <= Same))
                    return false;
            }
            return true;
        }
    }
}
