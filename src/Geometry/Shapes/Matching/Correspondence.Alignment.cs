using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <content>The step from a correspondence to an orthogonal map, and back.</content>
internal sealed partial class Correspondence
{
    /// <summary>
    /// Makes the trial the one-to-one assignment of vectors to rotated vertices: the nearest vertex of each, or the assignment of least
    /// cost where several vectors share a nearest vertex.
    /// </summary>
    /// <param name="maxCollisions">With more vectors than this whose nearest vertex is taken by another, the method gives up and returns
    /// false.</param>
    public bool AssignNearest(int maxCollisions)
    {
        int c = Count,
            d = Dim,
            collisions = 0;
        if (_dots.Length < c * c)
            _dots = new double[c * c];
        if (_byAxis.Length < c * d)
            _byAxis = new double[c * d];
        for (int s = 0; s < c; s++)
        {
            for (int k = 0; k < d; k++)
                _byAxis[k * c + s] = Rotated[s * d + k];
        }
        Array.Clear(_taken, 0, c);
        for (int i = 0; i < c; i++)
        {
            // Minus the dot products with all vertices, one coordinate after the other.
            Span<double> dots = _dots.AsSpan(i * c, c);
            dots.Clear();
            for (int k = 0; k < d; k++)
                Vectors.Axpy(-Unit[i * d + k], _byAxis.AsSpan(k * c, c), dots);
            int nearest = 0;
            for (int s = 1; s < dots.Length; s++)
            {
                if (dots[s] < dots[nearest])
                    nearest = s;
            }
            Trial[i] = nearest;
            if (_taken[nearest]++ > 0)
                collisions++;
        }
        if (collisions > maxCollisions)
            return false;
        if (collisions > 0)
            _assignment.Solve(_dots, c, Trial);
        return true;
    }

    /// <summary>
    /// Fills <see cref="Rotated"/>: the member's vertices under the orthogonal map that carries them closest to the data under the trial.
    /// False when the map is not determined.
    /// </summary>
    public bool Align()
    {
        int d = Dim;
        Span<double> m = Rotation.AsSpan(0, d * d);
        m.Clear();
        for (int i = 0; i < Count; i++)
            Accumulate(m, i, Trial[i]);
        return RotateBy(m);
    }

    /// <summary>As <see cref="Align"/>, from the base points alone.</summary>
    public bool AlignBase(ReadOnlySpan<int> basePoints, ReadOnlySpan<int> image)
    {
        Span<double> m = Rotation.AsSpan(0, Dim * Dim);
        m.Clear();
        for (int k = 0; k < basePoints.Length; k++)
            Accumulate(m, basePoints[k], image[k]);
        return RotateBy(m);
    }

    private void Accumulate(Span<double> m, int vector, int vertex)
    {
        int d = Dim;
        for (int r = 0; r < d; r++)
        {
            for (int s = 0; s < d; s++)
                m[r * d + s] += Unit[vector * d + r] * Member[vertex * d + s];
        }
    }

    private bool RotateBy(Span<double> m)
    {
        int d = Dim;
        if (!Procrustes.Polar(m, d))
            return false;
        for (int v = 0; v < Count; v++)
        {
            for (int r = 0; r < d; r++)
            {
                double sum = 0;
                for (int s = 0; s < d; s++)
                    sum += m[r * d + s] * Member[v * d + s];
                Rotated[v * d + r] = sum;
            }
        }
        return true;
    }

    /// <summary>Largest Euclidean distance of a vector from its rotated vertex.</summary>
    public double Displacement()
    {
        double largest = 0;
        for (int i = 0; i < Count; i++)
        {
            double squared = 0;
            for (int k = 0; k < Dim; k++)
            {
                double difference = Unit[i * Dim + k] - Rotated[Trial[i] * Dim + k];
                squared += difference * difference;
            }
            largest = Math.Max(largest, squared);
        }
        return Math.Sqrt(largest);
    }
}
