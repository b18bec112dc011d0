using Geometry.LinearAlgebra;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>A plane fitted to the directions that lie near it.</summary>
/// <param name="Dim">k.</param>
/// <param name="Members">The directions within the tolerance, ascending.</param>
/// <param name="Basis">Orthonormal basis, k×m row-major.</param>
/// <param name="Distances">‖x − P x‖ of each member, in [0, 1].</param>
internal sealed record FittedPlane(int Dim, int[] Members, double[] Basis, double[] Distances)
{
    /// <summary>Root mean square distance of the members.</summary>
    internal double Rms => Math.Sqrt(Vectors.Dot(Distances, Distances) / Distances.Length);

    /// <summary>
    /// Estimated root mean square distance of the members from the plane without the effect of the fit: the root of Σ d²/(c − k).
    /// </summary>
    internal double Noise => Math.Sqrt(Vectors.Dot(Distances, Distances) / (Distances.Length - Dim));

    /// <summary>The position of one direction, which is counted with the direction of a given feature.</summary>
    internal PlaneMember Place(UnitDirections directions, int direction, int countsAs)
    {
        int m = directions.Dim;
        double[] x = new double[m],
            coordinates = new double[Dim];
        directions.CopyTo(direction, x);
        for (int a = 0; a < Dim; a++)
        {
            coordinates[a] = Vectors.Dot(Basis.AsSpan(a * m, m), x);
            Vectors.Axpy(-coordinates[a], Basis.AsSpan(a * m, m), x);
        }
        Vectors.Scale(directions.Norms[direction], coordinates);
        return new PlaneMember(
            directions.Features[direction],
            countsAs,
            double.RadiansToDegrees(Elementary.Asin(Math.Min(1, Vectors.Norm(x)))),
            coordinates
        );
    }

    /// <summary>Unit vectors along the projections of some directions on the plane, one row of k coordinates per direction.</summary>
    internal double[] Coordinates(UnitDirections directions, int[] chosen)
    {
        int m = directions.Dim;
        double[] coordinates = new double[chosen.Length * Dim],
            x = new double[m];
        for (int i = 0; i < chosen.Length; i++)
        {
            directions.CopyTo(chosen[i], x);
            Span<double> row = coordinates.AsSpan(i * Dim, Dim);
            for (int a = 0; a < Dim; a++)
                row[a] = Vectors.Dot(Basis.AsSpan(a * m, m), x);
            Vectors.Scale(1 / Vectors.Norm(row), row);
        }
        return coordinates;
    }
}

/// <summary>
/// Fits planes to candidates: the plane of least squares to its members and the set of directions near that plane are computed in turn,
/// until the members no longer change.
/// </summary>
/// <remarks>
/// <para>
/// The plane is spanned by the k leading eigenvectors of Σ x xᵀ over its members, which come from their Gram matrix. Only members and their
/// neighbours can become members: any direction in a plane of well-spread members has a strong pair with one of them. In many dimensions
/// the features of one plane have nearly equal distances from it, and other directions are farther away, so the tolerance is twice the
/// median distance, and at most ε. Distances are norms of residuals in double precision; in an exact plane they are rounding errors. The
/// iteration ends after at most <see cref="MostRounds"/> rounds.
/// </para>
/// <para>Not thread-safe; each thread needs its own instance. Complexity: O(c²m + N·k·m) per round for c members with N neighbours.</para>
/// </remarks>
internal sealed class PlaneFitting(UnitDirections directions, NeighbourGraph graph, double epsilon)
{
    private const int MostRounds = 12;

    /// <summary>Smallest tolerance: directions this near to a plane, about one degree, are always members.</summary>
    private const double LeastTolerance = 0.02;

    private const double NegligibleSquare = 1e-13;

    private readonly int[] _seen = new int[directions.Count];
    private readonly double[] _residual = new double[directions.Dim];
    private readonly float[] _axes = new float[8 * directions.Dim];
    private int _stamp;

    /// <summary>The plane of a candidate; null where no more than k members remain, or they do not span k dimensions.</summary>
    internal FittedPlane? Fit(PlaneCandidate candidate)
    {
        int[] members = candidate.Members;
        int k = candidate.Dim;
        for (int round = 0; ; round++)
        {
            if (members.Length <= k || Basis(members, k) is not { } basis)
                return null;
            (int[] next, double[] distances) = Near(members, basis, k, Tolerance(members, basis, k));
            if (next.Length <= k)
                return null;
            if (next.AsSpan().SequenceEqual(members) || round == MostRounds)
                return new FittedPlane(k, next, basis, distances);
            members = next;
        }
    }

    /// <summary>Twice the median distance of the members, corrected for the fit, between <see cref="LeastTolerance"/> and ε.</summary>
    private double Tolerance(int[] members, double[] basis, int k)
    {
        double[] distances = [.. members.Select(x => Distance(directions[x], basis, k))];
        Array.Sort(distances);
        int c = members.Length;
        return Math.Min(epsilon, Math.Max(LeastTolerance, 2 * distances[c / 2] * Math.Sqrt((double)c / (c - k))));
    }

    /// <summary>An orthonormal basis of the plane of least squares; null where the members span fewer dimensions.</summary>
    internal double[]? Basis(ReadOnlySpan<int> members, int k)
    {
        int c = members.Length,
            m = directions.Dim;
        double[] columns = new double[c * m],
            values = new double[c],
            vectors = new double[c * c];
        for (int i = 0; i < c; i++)
            directions.CopyTo(members[i], columns.AsSpan(i * m, m));
        double[] gram = Vectors.Gram(columns, m, c);
        // Many members in few dimensions have eigenvalues that are rounding errors, for which the eigensolver does not converge. This term
        // prevents that, and is negligible beside the other eigenvalues.
        for (int i = 0; i < c; i++)
            gram[i * (c + 1)] += NegligibleSquare * c;
        SymmetricEigen.Decompose(gram, c, values, vectors);
        if (!(values[k - 1] > 1e-3))
            return null;
        double[] basis = new double[k * m];
        for (int a = 0; a < k; a++)
        {
            Span<double> axis = basis.AsSpan(a * m, m);
            for (int i = 0; i < c; i++)
                Vectors.Axpy(vectors[(a * c) + i] / Math.Sqrt(values[a]), columns.AsSpan(i * m, m), axis);
        }
        return basis;
    }

    /// <summary>The members and their neighbours that lie within the tolerance of a plane, ascending, with their distances.</summary>
    private (int[] Near, double[] Distances) Near(int[] members, double[] basis, int k, double tolerance)
    {
        int m = directions.Dim;
        for (int i = 0; i < k * m; i++)
            _axes[i] = (float)basis[i];
        _stamp++;
        var near = new List<(int Direction, double Distance)>();
        foreach (int member in members)
        {
            Try(member, basis, k, tolerance, near);
            foreach (int neighbour in graph.Of(member))
                Try(neighbour, basis, k, tolerance, near);
        }
        near.Sort();
        return ([.. near.Select(x => x.Direction)], [.. near.Select(x => x.Distance)]);
    }

    private void Try(int direction, double[] basis, int k, double tolerance, List<(int Direction, double Distance)> near)
    {
        if (_seen[direction] == _stamp)
            return;
        _seen[direction] = _stamp;
        int m = directions.Dim;
        ReadOnlySpan<float> x = directions[direction];
        float inside = 0;
        for (int a = 0; a < k; a++)
        {
            float along = System.Numerics.Tensors.TensorPrimitives.Dot(x, _axes.AsSpan(a * m, m));
            inside += along * along;
        }
        // Single precision excludes directions that are clearly outside. Distances near the tolerance, and all that are kept, are computed
        // in double precision.
        if (1 - inside > (tolerance * tolerance) + 1e-3)
            return;
        double distance = Distance(x, basis, k);
        if (distance <= tolerance)
            near.Add((direction, distance));
    }

    /// <summary>‖x − P x‖, the norm of the residual.</summary>
    private double Distance(ReadOnlySpan<float> x, double[] basis, int k)
    {
        int m = directions.Dim;
        for (int d = 0; d < m; d++)
            _residual[d] = x[d];
        Vectors.Orthogonalise(_residual, basis, k);
        return Vectors.Norm(_residual);
    }
}
