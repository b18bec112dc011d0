namespace Geometry.Tests.Shapes;

/// <summary>
/// Rank and connected components of the linear matroid of some vectors, by row reduction to a basis and the expansions in it.
/// </summary>
internal static class Matroid
{
    private const double Zero = 1e-9;

    public static int Rank(double[] rows, int dim, int count) => Reduce(rows, dim, count).Basis.Count;

    /// <summary>Number of components: basis elements that occur in the expansion of one vector belong to one component.</summary>
    public static int Components(double[] rows, int dim, int count)
    {
        (List<int> basis, double[,] coefficients) = Reduce(rows, dim, count);
        int[] group = [.. Enumerable.Range(0, basis.Count)];
        for (int i = 0; i < count; i++)
        {
            int[] used = [.. Enumerable.Range(0, basis.Count).Where(k => Math.Abs(coefficients[k, i]) > Zero)];
            foreach (int k in used)
            {
                int from = group[k],
                    to = group[used[0]];
                for (int g = 0; g < group.Length; g++)
                    group[g] = group[g] == from ? to : group[g];
            }
        }
        return group.Distinct().Count();
    }

    // Reduced row echelon form of the dim×count matrix whose columns are the vectors: its columns are the expansions in the pivot columns.
    private static (List<int> Basis, double[,] Coefficients) Reduce(double[] rows, int dim, int count)
    {
        double[,] a = new double[dim, count];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < dim; k++)
                a[k, i] = rows[i * dim + k];
        }
        List<int> basis = [];
        for (int column = 0; column < count && basis.Count < dim; column++)
        {
            int at = basis.Count,
                pivot = Enumerable.Range(at, dim - at).MaxBy(k => Math.Abs(a[k, column]));
            if (Math.Abs(a[pivot, column]) < Zero)
                continue;
            double value = a[pivot, column];
            for (int j = 0; j < count; j++)
                (a[pivot, j], a[at, j]) = (a[at, j], a[pivot, j] / value);
            for (int k = 0; k < dim; k++)
            {
                double factor = k == at ? 0 : a[k, column];
                for (int j = 0; j < count; j++)
                    a[k, j] -= factor * a[at, j];
            }
            basis.Add(column);
        }
        return (basis, a);
    }
}
