namespace Geometry.Shapes.Significance;

/// <summary>Dense linear algebra for the tube formula, on symmetric row-major n×n arrays and lists of n-vectors.</summary>
internal static class DenseForm
{
    /// <summary>
    /// Orthonormalises vectors in place (modified Gram–Schmidt, twice); returns ½ ln det of their Gram matrix, the log of the volume they
    /// span.
    /// </summary>
    public static double Orthonormalise(IReadOnlyList<double[]> vectors)
    {
        double logVolume = 0;
        for (int k = 0; k < vectors.Count; k++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < k; j++)
                    Subtract(vectors[k], vectors[j]);
            }
            double norm = Math.Sqrt(Dot(vectors[k], vectors[k]));
            logVolume += Elementary.Log(norm);
            for (int i = 0; i < vectors[k].Length; i++)
                vectors[k][i] /= norm;
        }
        return logVolume;
    }

    /// <summary>Removes the part of v along a unit vector.</summary>
    public static void Subtract(double[] v, double[] axis)
    {
        double along = Dot(v, axis);
        for (int k = 0; k < v.Length; k++)
            v[k] -= along * axis[k];
    }

    public static double[] Multiply(double[] a, double[] v)
    {
        int n = v.Length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++)
            product[i] = Dot(a.AsSpan(i * n, n), v);
        return product;
    }

    /// <summary>ln det of a positive definite matrix by Cholesky; the lower triangle is overwritten. O(n³/3).</summary>
    /// <exception cref="InvalidOperationException">A pivot is not positive; the message gives it.</exception>
    public static double LogDeterminant(double[] a, int n)
    {
        double sum = 0;
        for (int j = 0; j < n; j++)
        {
            ReadOnlySpan<double> rowJ = a.AsSpan(j * n, j);
            double pivot = a[j * n + j] - Dot(rowJ, rowJ);
            if (!(pivot > 0))
                throw new InvalidOperationException(
                    $"the residual form is not positive definite on the normal space: pivot {pivot:g3} at {j} of {n}"
                );
            double root = Math.Sqrt(pivot);
            sum += 2 * Elementary.Log(root);
            a[j * n + j] = root;
            for (int i = j + 1; i < n; i++)
                a[i * n + j] = (a[i * n + j] - Dot(a.AsSpan(i * n, j), rowJ)) / root;
        }
        return sum;
    }

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }
}
