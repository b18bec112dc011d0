namespace Geometry.Dictionaries;

/// <summary>For each plane, the distances of the nearest directions that do not belong to it.</summary>
/// <remarks>
/// Members and their near neighbours are left out. The basis vectors of all planes are the rows whose products with all directions are
/// computed. Complexity: n·m·Σk multiply-adds.
/// </remarks>
internal static class PlaneShares
{
    /// <summary>
    /// For each plane, the largest shares ‖P x‖² of directions that are no members and no near neighbours of one, descending.
    /// </summary>
    /// <param name="directions">The directions.</param>
    /// <param name="graph">Their strong pairs.</param>
    /// <param name="planes">The planes.</param>
    /// <param name="count">Number of shares to keep per plane.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static float[][] Largest(
        UnitDirections directions,
        NeighbourGraph graph,
        List<FittedPlane> planes,
        int count,
        int threads,
        CancellationToken cancellation
    )
    {
        float[][] largest = new float[planes.Count][];
        if (planes.Count == 0)
            return largest;
        int m = directions.Dim,
            n = directions.Count;
        // Planes are processed in groups, which bounds the memory for their n shares each.
        var rows = new CosineRows(directions);
        for (int start = 0; start < planes.Count; )
        {
            int end = start,
                axes = 0;
            while (end < planes.Count && axes + planes[end].Dim <= CosineRows.Block * threads * 4)
                axes += planes[end++].Dim;
            float[] bases = new float[axes * m];
            for (int i = start, at = 0; i < end; i++)
            {
                for (int a = 0; a < planes[i].Dim; a++, at++)
                {
                    for (int d = 0; d < m; d++)
                        bases[(at * m) + d] = (float)planes[i].Basis[(a * m) + d];
                }
            }
            float[][] squares = new float[axes][];
            for (int a = 0; a < axes; a++)
                squares[a] = new float[n];
            rows.Run<object?>(
                bases,
                axes,
                threads,
                static () => null,
                (first, panel, tile, _) =>
                {
                    for (int at = 0; at < tile.Length; at++)
                    {
                        int axis = first + (at / CosineTile.Columns),
                            direction = (panel * CosineTile.Columns) + (at % CosineTile.Columns);
                        if (axis < axes && direction < n)
                            squares[axis][direction] = tile[at] * tile[at];
                    }
                },
                null,
                cancellation
            );
            int offset = 0,
                from = start;
            for (int i = from; i < end; offset += planes[i++].Dim)
                largest[i] = Largest(directions, graph, planes[i], squares.AsSpan(offset, planes[i].Dim), count);
            start = end;
        }
        return largest;
    }

    private static float[] Largest(
        UnitDirections directions,
        NeighbourGraph graph,
        FittedPlane plane,
        ReadOnlySpan<float[]> squares,
        int count
    )
    {
        int n = directions.Count;
        float[] shares = new float[n];
        foreach (float[] axis in squares)
            System.Numerics.Tensors.TensorPrimitives.Add(shares, axis, shares);
        foreach (int member in plane.Members)
        {
            shares[member] = 0;
            ReadOnlySpan<int> neighbours = graph.Of(member);
            ReadOnlySpan<float> cosines = graph.Cosines(member);
            for (int a = 0; a < neighbours.Length; a++)
            {
                if (Math.Abs(cosines[a]) >= PlaneEvidence.NearCosine)
                    shares[neighbours[a]] = 0;
            }
        }
        Array.Sort(shares);
        Array.Reverse(shares);
        return shares[..Math.Min(count, n)];
    }
}
