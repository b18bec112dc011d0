using System.Numerics;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>A form in three coordinates, seen along its largest symmetry.</summary>
/// <param name="Points">Coordinates of each direction, row-major c×3. The first two are in the plane of the symmetry; the third is 0 for
/// two-dimensional forms.</param>
/// <param name="Turn">q where a symmetry turns that plane by 2π/q; 2 where it reflects the plane or turns it by π; 1 where the form has no
/// symmetry, and the coordinates are those of the principal axes.</param>
public sealed record FormProjection(double[] Points, int Turn)
{
    /// <summary>Largest number of symmetries that are tried, those with the shortest products of generators first.</summary>
    private const int MostElements = 2000;

    /// <summary>
    /// Largest RMS change of the angles, degrees, under a symmetry; the coordinates of a form have its symmetries to rounding.
    /// </summary>
    private const double Granted = 0.02;

    private const double Same = 1e-6;

    /// <summary>Projects the directions at the middle of the form's drift.</summary>
    /// <remarks>
    /// A symmetry is an orthogonal map R of R^d. The planes that it turns by an angle other than 0 and π are found from the eigenvectors of
    /// R + Rᵀ. The plane with the turn of highest order is taken (for a Coxeter element it is the Coxeter plane), and among equals the one
    /// in which most directions have different images. The third axis is the principal axis of the directions orthogonal to that plane,
    /// among the fixed vectors of R where there are any. O(min(|Aut|, 2000)·d³). Deterministic.
    /// </remarks>
    public static FormProjection Of(Form form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Of(form.Vertices(), form.Dim, form.Directions);
    }

    /// <summary>Projects directions that span their space, as the other overload does.</summary>
    /// <param name="x">Unit directions, row-major c×d.</param>
    /// <param name="d">Their dimension, ≥ 2.</param>
    /// <param name="c">Their number, ≥ d.</param>
    public static FormProjection Of(double[] x, int d, int c)
    {
        ArgumentNullException.ThrowIfNull(x);
        IReadOnlyList<int[]> generators = SymmetricMean.Of(x, d, c, Granted).Generators;
        (double[] U, double[] V, double[]? Map, int Turn, int Apart)? best = null;
        foreach (int[] g in Elements(generators, c))
        {
            int order = Order(g);
            if (order < 2 || order < best?.Turn)
                continue;
            double[] map = OrthogonalMap(x, g, d, c);
            foreach ((double[] u, double[] v, int turn) in Planes(map, d, order))
            {
                if (turn < best?.Turn)
                    continue;
                int apart = Apart(x, u, v, d, c);
                if (turn > (best?.Turn ?? 0) || apart > best!.Value.Apart)
                    best = (u, v, map, turn, apart);
            }
        }
        double[] scatter = Scatter(x, d, c);
        var axes = new List<double[]>();
        if (best is { } found)
            axes.AddRange([found.U, found.V]);
        double[]? fixedBy = best?.Map;
        while (axes.Count < Math.Min(3, d))
            axes.Add(Next(scatter, axes, axes.Count == 2 ? fixedBy : null, d));
        double[] points = new double[3 * c];
        for (int i = 0; i < c; i++)
        {
            for (int k = 0; k < axes.Count; k++)
                points[(3 * i) + k] = Vectors.Dot(axes[k], x.AsSpan(i * d, d));
        }
        return new FormProjection(points, best?.Turn ?? 1);
    }

    /// <summary>Elements of the group, at most <see cref="MostElements"/>, breadth first from the identity.</summary>
    private static IEnumerable<int[]> Elements(IReadOnlyList<int[]> generators, int count)
    {
        int[] identity = [.. Enumerable.Range(0, count)];
        var seen = new HashSet<string> { string.Join(',', identity) };
        var open = new Queue<int[]>([identity]);
        while (open.TryDequeue(out int[]? g))
        {
            yield return g;
            foreach (int[] h in generators)
            {
                if (seen.Count >= MostElements)
                    break;
                int[] product = [.. g.Select(v => h[v])];
                if (seen.Add(string.Join(',', product)))
                    open.Enqueue(product);
            }
        }
    }

    /// <summary>The least k with gᵏ = 1.</summary>
    private static int Order(int[] g)
    {
        long order = 1;
        bool[] seen = new bool[g.Length];
        for (int start = 0; start < g.Length; start++)
        {
            int length = 0;
            for (int v = start; !seen[v]; v = g[v], length++)
                seen[v] = true;
            if (length > 1)
                order = order / (long)BigInteger.GreatestCommonDivisor(order, length) * length;
        }
        return (int)Math.Min(order, int.MaxValue);
    }

    /// <summary>
    /// The orthogonal R with R x_v = x_{g(v)}, row-major d×d: the polar factor of Σ x_{g(v)} x_vᵀ = RS, where S is the scatter of the
    /// directions. O(c·d² + d³).
    /// </summary>
    internal static double[] OrthogonalMap(double[] x, int[] g, int d, int c)
    {
        double[] cross = new double[d * d];
        for (int v = 0; v < c; v++)
        {
            for (int a = 0; a < d; a++)
                Vectors.Axpy(x[(g[v] * d) + a], x.AsSpan(v * d, d), cross.AsSpan(a * d, d));
        }
        // S is positive definite, because the directions span their space.
        return Procrustes.Polar(cross, d) ? cross : throw new InvalidOperationException("the directions of a form span its space");
    }

    /// <summary>
    /// Orthonormal pairs that span the planes which R turns by 2πp/q; for an involution, a fixed axis and a reversed one.
    /// </summary>
    private static IEnumerable<(double[] U, double[] V, int Turn)> Planes(double[] map, int d, int order)
    {
        double[] symmetric = new double[d * d],
            values = new double[d],
            vectors = new double[d * d];
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b < d; b++)
                symmetric[(a * d) + b] = 0.5 * (map[(a * d) + b] + map[(b * d) + a]);
        }
        SymmetricEigen.Decompose(symmetric, d, values, vectors);
        if (order == 2)
        {
            if (values[0] > 0 && values[d - 1] < 0)
                yield return (vectors.AsSpan((d - 1) * d, d).ToArray(), vectors.AsSpan(0, d).ToArray(), 2);
            yield break;
        }
        for (int k = 0; k < d; k++)
        {
            double cosine = values[k];
            if (Math.Abs(cosine) > 1 - Same || (k > 0 && values[k - 1] - cosine < Same))
                continue;
            double[] u = vectors.AsSpan(k * d, d).ToArray(),
                v = new double[d];
            for (int a = 0; a < d; a++)
                v[a] = Vectors.Dot(map.AsSpan(a * d, d), u);
            Vectors.Axpy(-cosine, u, v);
            double norm = Vectors.Norm(v);
            for (int a = 0; a < d; a++)
                v[a] /= norm;
            yield return (u, v, TurnOf(Elementary.Acos(cosine), order));
        }
    }

    /// <summary>q of the angle 2πp/q in lowest terms.</summary>
    private static int TurnOf(double angle, int order)
    {
        int p = (int)Math.Round(angle * order / (2 * Math.PI));
        return order / (int)BigInteger.GreatestCommonDivisor(p, order);
    }

    /// <summary>The number of different images of the directions in the plane, rounded to 1/50.</summary>
    private static int Apart(double[] x, double[] u, double[] v, int d, int c)
    {
        var seen = new HashSet<(int, int)>();
        for (int i = 0; i < c; i++)
        {
            ReadOnlySpan<double> row = x.AsSpan(i * d, d);
            seen.Add(((int)Math.Round(50 * Vectors.Dot(u, row)), (int)Math.Round(50 * Vectors.Dot(v, row))));
        }
        return seen.Count;
    }

    private static double[] Scatter(double[] x, int d, int c)
    {
        double[] scatter = new double[d * d];
        for (int v = 0; v < c; v++)
            Vectors.AddOuterProduct(x.AsSpan(v * d, d), scatter);
        return scatter;
    }

    /// <summary>The principal axis in the orthogonal complement of the axes; vectors that the map fixes come before all others.</summary>
    private static double[] Next(double[] scatter, List<double[]> axes, double[]? map, int d)
    {
        double[] m = [.. scatter],
            values = new double[d],
            vectors = new double[d * d];
        if (map is not null)
        {
            // A large multiple of (R + Rᵀ)/2 gives the fixed vectors larger eigenvalues than all others.
            double large = 2.0 * Enumerable.Range(0, d).Sum(a => scatter[(a * d) + a]);
            for (int a = 0; a < d; a++)
            {
                for (int b = 0; b < d; b++)
                    m[(a * d) + b] += large * 0.5 * (map[(a * d) + b] + map[(b * d) + a]);
            }
        }
        // P M P, where P projects the axes out, plus a term that gives the axes the lowest eigenvalues.
        double lowest = 0;
        foreach (double v in m)
            lowest -= Math.Abs(v);
        foreach (double[] axis in axes)
        {
            double[] mx = new double[d];
            for (int a = 0; a < d; a++)
                mx[a] = Vectors.Dot(m.AsSpan(a * d, d), axis);
            double quadratic = Vectors.Dot(axis, mx);
            for (int a = 0; a < d; a++)
            {
                for (int b = 0; b < d; b++)
                    m[(a * d) + b] += (-axis[a] * mx[b]) - (mx[a] * axis[b]) + ((quadratic + lowest) * axis[a] * axis[b]);
            }
        }
        SymmetricEigen.Decompose(m, d, values, vectors);
        return vectors.AsSpan(0, d).ToArray();
    }
}
