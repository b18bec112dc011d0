using Geometry.LinearAlgebra;
using Geometry.Numerics;
using MathNet.Numerics;

namespace Geometry.Dictionaries;

/// <summary>The probability that chance puts as many directions as near to a plane as those of a plane that was found.</summary>
/// <remarks>
/// <para>
/// One try is a k-subset S of the members. Its span is a plane in any case, so only the other members, the extras, are evidence.
/// <i>Independent directions</i>: an extra without a near neighbour in the plane is one of n directions with the dictionary's second
/// moment; that r of them lie within ρ has probability at most μ^r/r!, μ = n·P(‖(I−P)x‖ ≤ ρ) (<see cref="InPlaneTail"/>).
/// <i>Neighbours</i>: the place of an extra j with neighbours (|cos| ≥ <see cref="NearCosine"/>) in the plane depends on them. Given its
/// angle with their mean direction c, x_j = a·c + b·r, only the direction of r is left to chance, and it must lie in the k − 1 dimensions
/// of the plane that are orthogonal to c: ‖P r‖² ≥ 1 − ρ²/b². So cones, families of near-copies and opposite pairs, which lie in every
/// plane through one of their members, are no evidence, whereas arcs and circles are. Extras are taken one after another, each given those
/// before. For lines, k = 1, every extra is an independent direction, because whatever is near a line is near its members.
/// </para>
/// <para>
/// Real directions have longer tails than Gaussian ones, so the probabilities are those of a tail that is fitted to the directions near the
/// plane (<see cref="PlaneTail"/>).
/// </para>
/// <para>
/// The p of a plane is the smallest among the tries with a few subsets of its members: every k-subset of the dictionary is a try of its
/// own, and all of them are counted where rates are computed. The number of extras that count is chosen as well, so p is multiplied by the
/// number of extras. <c>tools/Geometry.Dictionaries calibrate</c> shows that chance produces the p of a try.
/// </para>
/// </remarks>
internal sealed class PlaneEvidence
{
    /// <summary>Smallest |cosine| of near neighbours: a direction within 45 degrees of another is not independent of it.</summary>
    internal const double NearCosine = 0.7;

    /// <summary>Largest number of subsets that are tried.</summary>
    private const int MostSubsets = 4;

    private readonly UnitDirections _directions;
    private readonly NeighbourGraph _graph;
    private readonly Populations _chance;

    private readonly int _count;

    /// <summary>Evidence for planes of the given directions.</summary>
    /// <param name="directions">The directions.</param>
    /// <param name="graph">Their strong pairs.</param>
    /// <param name="chance">The distribution of a random direction's distance from a plane.</param>
    /// <param name="count">Number of directions that could have been near a plane by chance; 0 for all directions.</param>
    internal PlaneEvidence(UnitDirections directions, NeighbourGraph graph, Populations chance, int count = 0) =>
        (_directions, _graph, _chance, _count) = (directions, graph, chance, count > 0 ? count : directions.Count);

    /// <summary>The smallest ln p among the tries.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="given">Members, ascending, that a plane inside this one explains already. The subset takes up to k − 1 of them, and
    /// they are no extras.</param>
    /// <param name="tail">The tail of the directions along the plane.</param>
    /// <returns>ln p ≤ 0.</returns>
    internal double LogP(FittedPlane plane, ReadOnlySpan<int> given, PlaneTail tail)
    {
        int[] known = given.ToArray();
        int c = plane.Members.Length,
            k = plane.Dim,
            m = _directions.Dim;
        double[] columns = Columns(plane);
        bool[] isGiven = [.. plane.Members.Select(x => Array.BinarySearch(known, x) >= 0)];
        var tried = new HashSet<string>();
        double least = 0;
        // Evenly spaced starts among the members that may start a subset.
        int[] starts = [.. Enumerable.Range(0, c).Where(i => known.Length == 0 || isGiven[i])];
        for (int start = 0; start < Math.Min(MostSubsets, starts.Length); start++)
        {
            double[] basis = new double[k * m];
            int[]? subset = Subset(columns, c, m, k, starts[start * starts.Length / Math.Min(MostSubsets, starts.Length)], isGiven, basis);
            if (subset is null || !tried.Add(string.Join(' ', subset.Order())))
                continue;
            least = Math.Min(least, LogP(plane, columns, subset, basis, isGiven, tail));
        }
        return Math.Min(0, least);
    }

    /// <summary>ln p of one try, with the first k members as the subset; the others are the extras.</summary>
    internal double LogPOfTry(FittedPlane plane, PlaneTail tail)
    {
        int c = plane.Members.Length;
        return Math.Min(0, LogP(plane, Columns(plane), [.. Enumerable.Range(0, plane.Dim)], plane.Basis, new bool[c], tail));
    }

    /// <summary>The members in double precision, one after another.</summary>
    private double[] Columns(FittedPlane plane)
    {
        int m = _directions.Dim;
        double[] columns = new double[plane.Members.Length * m];
        for (int i = 0; i < plane.Members.Length; i++)
            _directions.CopyTo(plane.Members[i], columns.AsSpan(i * m, m));
        return columns;
    }

    /// <summary>
    /// Chooses k members that span a large volume: after the first, each next one is the farthest from the span so far, given members
    /// first. Null where they span fewer dimensions.
    /// </summary>
    internal static int[]? Subset(double[] columns, int c, int m, int k, int first, bool[] isGiven, double[] basis)
    {
        int[] subset = new int[k];
        double[] residual = new double[m],
            best = new double[m];
        int givenLeft = isGiven.Any(g => g) ? Dimensions(isGiven.Count(g => g), k) : 0;
        for (int a = 0; a < k; a++)
        {
            double farthest = -1;
            for (int i = 0; i < c; i++)
            {
                if (a == 0 ? i != first : isGiven[i] != (a < givenLeft))
                    continue;
                columns.AsSpan(i * m, m).CopyTo(residual);
                Vectors.Orthogonalise(residual, basis, a);
                double norm = Vectors.Norm(residual);
                if (norm <= farthest)
                    continue;
                (farthest, subset[a]) = (norm, i);
                residual.CopyTo(best, 0);
            }
            if (farthest < 0.1)
                return null;
            Vectors.Scale(1 / farthest, best);
            best.CopyTo(basis, a * m);
        }
        return subset;
    }

    /// <summary>
    /// The number of given members in the subset: at most one less than the plane's dimension, because they lie in a smaller plane.
    /// </summary>
    private static int Dimensions(int given, int k) => Math.Min(given, k - 1);

    private double LogP(FittedPlane plane, double[] columns, int[] subset, double[] basis, bool[] isGiven, PlaneTail tail)
    {
        int c = plane.Members.Length,
            m = _directions.Dim,
            k = plane.Dim;
        double[] residual = new double[m];
        bool[] isPast = [.. isGiven];
        foreach (int s in subset)
            isPast[s] = true;
        (int Extra, double Distance)[] extras =
        [
            .. Enumerable
                .Range(0, c)
                .Where(i => !isPast[i])
                .Select(i => (i, Grassmannian.ChordalDistance.Residual(basis, columns.AsSpan(i * m, m), m, k, residual)))
                .OrderBy(x => x.Item2),
        ];
        double[][] turned = _chance.Turned(basis, k);
        double alone = 0,
            conditional = 0,
            least = 0;
        int independent = 0;
        foreach ((int extra, double distance) in extras)
        {
            if (k > 1 && Neighbours(plane, columns, extra, isPast) is { } mean)
            {
                conditional += Conditional(plane.Members[extra], columns.AsSpan(extra * m, m), mean, basis, k, distance, tail);
            }
            else
            {
                // The farthest of the independent directions sets ρ for all.
                independent++;
                double expected =
                    Elementary.Log(_count) + (tail.LogProbability(_chance.LogProbability(turned, k, 1 - (distance * distance))));
                alone = (independent * expected) - SpecialFunctions.FactorialLn(independent);
            }
            isPast[extra] = true;
            least = Math.Min(least, Math.Min(0, alone) + conditional);
        }
        return extras.Length == 0 ? 0 : Math.Min(0, least + Elementary.Log(extras.Length));
    }

    /// <summary>
    /// The unit mean of a member's near neighbours among those before it, opposite ones reversed; null where it has none.
    /// </summary>
    private static double[]? Neighbours(FittedPlane plane, double[] columns, int extra, bool[] isPast)
    {
        int c = plane.Members.Length,
            m = columns.Length / c;
        double[]? mean = null;
        ReadOnlySpan<double> x = columns.AsSpan(extra * m, m);
        for (int i = 0; i < c; i++)
        {
            if (!isPast[i])
                continue;
            ReadOnlySpan<double> y = columns.AsSpan(i * m, m);
            double cosine = Vectors.Dot(x, y);
            if (Math.Abs(cosine) >= NearCosine)
                Vectors.Axpy(Math.Sign(cosine), y, mean ??= new double[m]);
        }
        if (mean is null)
            return null;
        double norm = Vectors.Norm(mean);
        Vectors.Scale(1 / norm, mean);
        return mean;
    }

    /// <summary>
    /// ln of the expected number of neighbours that near to the plane, at most 0: the direction has as many tries as near neighbours in the
    /// dictionary.
    /// </summary>
    private double Conditional(int direction, ReadOnlySpan<double> x, double[] mean, double[] basis, int k, double distance, PlaneTail tail)
    {
        int m = x.Length;
        double a = Vectors.Dot(x, mean),
            away = 1 - (a * a);
        double share = away > 0 ? 1 - (distance * distance / away) : 0;
        if (share <= 0)
            return 0;
        // The part of the plane that is orthogonal to the mean: the basis is reflected to make its first axis the projection of the mean.
        double[] inPlane = [.. Enumerable.Range(0, k).Select(b => Vectors.Dot(basis.AsSpan(b * m, m), mean))];
        double[] rest = OrthogonalTo(basis, k, m, inPlane);
        double logP = tail.Slope * _chance.LogProbability(_chance.Turned(rest, k - 1), k - 1, share, _directions[direction]);
        int tries = 1;
        foreach (float cosine in _graph.Cosines(direction))
        {
            if (Math.Abs(cosine) >= NearCosine)
                tries++;
        }
        return Math.Min(0, logP + Elementary.Log(tries));
    }

    /// <summary>An orthonormal basis, (k−1)×m, of the vectors of a plane that are orthogonal to one in it.</summary>
    private static double[] OrthogonalTo(double[] basis, int k, int m, double[] coordinates)
    {
        // A Householder reflection takes the vector to the first axis; the other rows span the rest.
        double norm = Vectors.Norm(coordinates),
            sign = coordinates[0] < 0 ? -1 : 1;
        double[] v = [.. coordinates.Select(x => x / norm)];
        v[0] += sign;
        double square = Vectors.Dot(v, v);
        double[] rest = new double[(k - 1) * m];
        for (int r = 1; r < k; r++)
        {
            Span<double> axis = rest.AsSpan((r - 1) * m, m);
            for (int b = 0; b < k; b++)
                Vectors.Axpy((r == b ? 1 : 0) - (2 * v[r] * v[b] / square), basis.AsSpan(b * m, m), axis);
        }
        return rest;
    }
}
