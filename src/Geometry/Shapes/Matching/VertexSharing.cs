namespace Geometry.Shapes.Matching;

/// <summary>
/// Makes a correspondence one to one: the first direction that wants a vertex gets it, and the directions that find their vertex taken get
/// the vertices that are left.
/// </summary>
internal static class VertexSharing
{
    /// <summary>Distributes the vertices. O(count).</summary>
    /// <param name="wanted">The vertex that suits each direction best.</param>
    /// <param name="holder">Scratch, count entries: the direction that holds each vertex.</param>
    /// <param name="vertexOf">Destination: the vertex of each direction; it may be the same span as <paramref name="wanted"/>.</param>
    /// <returns>Number of directions that found their vertex taken; 0 when the correspondence already was one to one.</returns>
    public static int Distribute(ReadOnlySpan<int> wanted, Span<int> holder, Span<int> vertexOf)
    {
        int late = 0;
        holder.Fill(-1);
        for (int i = 0; i < wanted.Length; i++)
        {
            int vertex = wanted[i];
            if (holder[vertex] < 0)
                (holder[vertex], vertexOf[i]) = (i, vertex);
            else
                (vertexOf[i], late) = (-1, late + 1);
        }
        int free = 0;
        for (int i = 0; i < wanted.Length && late > 0; i++)
        {
            if (vertexOf[i] >= 0)
                continue;
            while (holder[free] >= 0)
                free++;
            (holder[free], vertexOf[i]) = (i, free);
        }
        return late;
    }
}
