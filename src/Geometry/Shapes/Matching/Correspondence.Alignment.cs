using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <content>From a correspondence to an orthogonal map and back.</content>
internal sealed partial class Correspondence
{
    /// <summary>Sends every vector to its nearest rotated vertex, one to one.</summary>
    /// <param name="maxCollisions">Give up (false) when more vertices than this are nearest to several vectors.</param>
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
    /// The orthogonal map that carries the member's vertices closest to the data under the trial, applied; false when undetermined.
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

    /// <summary>The same from the base points alone.</summary>
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

    /// <summary>Largest distance of a vector from its rotated vertex (chord).</summary>
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
