namespace Geometry.Shapes.Significance;

/// <summary>
/// The leading coefficient of <see cref="TubeVolume"/> for the rectified simplex of R^k, k ≥ 5, from one tangent of each irreducible
/// representation.
/// </summary>
/// <remarks>
/// With n = k+1 the vertices are v_ij = (e_i + e_j − 2/n)/ρ, ρ² = 2(n−2)/n. A tangent is δ_ij = g_ij(e_i − e_j) + Σ_{l≠i,j} h_ij,l e_l with
/// g antisymmetric, h symmetric in i, j and Σ_l h_ij,l = 0. Under S_n the tangents are, by Pieri's rule, 2·(n−1, 1) + (n−2, 2) + (n−3, 3) +
/// 2·(n−2, 1, 1) + (n−3, 2, 1), one (n−2, 1, 1) being the rotations, where Q vanishes. By Schur's lemma Q is a number on each single
/// representation, and a 2×2 matrix on each pair. These are computed from one tangent per copy (h or g from functions t_i, F_ij, F_ijl,
/// A_ij with vanishing sums, and a polytabloid). Source: B. E. Sagan, The Symmetric Group, 2nd ed., §2.3 and §4.9. A test compares it with
/// the numeric <see cref="TubeVolume"/>. O(c²) time, O(c·k) memory, c = k(k+1)/2: 3 ms for k = 30.
/// </remarks>
internal sealed class RectifiedSimplexTube
{
    private readonly int _n;
    private readonly (int First, int Second)[] _pairs;

    private RectifiedSimplexTube(int n)
    {
        _n = n;
        _pairs = [.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(i + 1, n - i - 1).Select(j => (i, j)))];
    }

    /// <summary>ln P(r) of the leading term at r = 1 radian.</summary>
    /// <param name="k">Dimension, ≥ 5; the power of r is c(k−1) − k(k−1)/2.</param>
    public static double LogCoefficient(int k)
    {
        int c = k * (k + 1) / 2,
            q = c * (k - 1) - k * (k - 1) / 2;
        return SphereVolumes.LogFactorial(c)
            - SphereVolumes.LogFactorial(k + 1)
            + SphereVolumes.LogOrthogonalGroup(k)
            - c * SphereVolumes.LogSphere(k - 1)
            + SphereVolumes.LogBall(q)
            + 0.25 * k * (k - 1) * Elementary.Log(2.0 * c / k)
            - 0.5 * new RectifiedSimplexTube(k + 1).LogDeterminant();
    }

    private double LogDeterminant()
    {
        double n = _n;
        double[] t = new double[_n];
        (t[0], t[1]) = (1, -1);
        double T(int i) => t[i];
        double Pair(int i, int j) =>
            (i, j) switch
            {
                (0, 1) or (1, 0) or (2, 3) or (3, 2) => 1,
                (0, 3) or (3, 0) or (1, 2) or (2, 1) => -1,
                _ => 0,
            };
        double Turn(int i, int j) =>
            i > 2 || j > 2 || i == j ? 0
            : (j - i + 3) % 3 == 1 ? 1
            : -1;
        double[] standardG = Field((i, j) => T(i) - T(j), null),
            standardH = Field(null, (i, j, l) => T(l) + (T(i) + T(j)) / (n - 2));
        double[] turnG = Field(Turn, null),
            turnH = Field(null, (i, j, l) => Turn(i, l) + Turn(j, l));
        double[] pairs = Field(null, (i, j, l) => Pair(i, l) + Pair(j, l) + 2 / (n - 2) * Pair(i, j));
        double[] triples = Field(null, (i, j, l) => Triple(i, j, l)),
            mixed = Field(null, Polytabloid);
        return (n - 1) * Elementary.Log(Determinant(standardG, standardH))
            + 0.5 * (n - 1) * (n - 2) * Elementary.Log(Trace(turnG, turnH))
            + 0.5 * n * (n - 3) * Elementary.Log(Quotient(pairs))
            + n * (n - 1) * (n - 5) / 6 * Elementary.Log(Quotient(triples))
            + n * (n - 2) * (n - 4) / 3 * Elementary.Log(Quotient(mixed));
    }

    // ±1 on the triples with one element from each of {0,1}, {2,3}, {4,5}.
    private static double Triple(int i, int j, int l)
    {
        if (i > 5 || j > 5 || l > 5 || i / 2 == j / 2 || i / 2 == l / 2 || j / 2 == l / 2)
            return 0;
        return int.IsEvenInteger(i + j + l) ? 1 : -1;
    }

    // The polytabloid of the tableau 0 3 … / 1 4 / 2: h_{ij,l} with {i, j} = {π1, π4} and l = π2 over π in S_{0,1,2} × S_{3,4}.
    private static double Polytabloid(int i, int j, int l)
    {
        (int low, int high) = i < j ? (i, j) : (j, i);
        if (low > 2 || high is < 3 or > 4 || l > 2 || low == l)
            return 0;
        int sign = (l - low + 3) % 3 == 1 ? 1 : -1;
        return high == 4 ? sign : -sign;
    }

    private double Quotient(double[] field) => Form(field, field) / DenseForm.Dot(field, field);

    private double Determinant(double[] a, double[] b)
    {
        double naa = DenseForm.Dot(a, a),
            nab = DenseForm.Dot(a, b),
            nbb = DenseForm.Dot(b, b),
            qab = Form(a, b);
        return (Form(a, a) * Form(b, b) - qab * qab) / (naa * nbb - nab * nab);
    }

    // tr N⁻¹Q, the eigenvalue besides that of the rotations, which is 0.
    private double Trace(double[] a, double[] b)
    {
        double naa = DenseForm.Dot(a, a),
            nab = DenseForm.Dot(a, b),
            nbb = DenseForm.Dot(b, b);
        return (nbb * Form(a, a) - 2 * nab * Form(a, b) + naa * Form(b, b)) / (naa * nbb - nab * nab);
    }

    private double[] Field(Func<int, int, double>? g, Func<int, int, int, double>? h)
    {
        double[] field = new double[_pairs.Length * _n];
        for (int p = 0; p < _pairs.Length; p++)
        {
            (int i, int j) = _pairs[p];
            Span<double> row = field.AsSpan(p * _n, _n);
            if (g is not null)
                (row[i], row[j]) = (g(i, j), -g(i, j));
            if (h is null)
                continue;
            for (int l = 0; l < _n; l++)
            {
                if (l != i && l != j)
                    row[l] = h(i, j, l);
            }
        }
        return field;
    }

    // Q as a bilinear form. The entries of a tangent add up to 0, hence ⟨δ, v_kl⟩ = (δ_k + δ_l)/ρ.
    private double Form(double[] a, double[] b)
    {
        double n = _n,
            rho2 = 2 * (n - 2) / n,
            c = _pairs.Length,
            sum = 0;
        double sharing = (n - 4) / (2 * (n - 2)),
            apart = -2 / (n - 2);
        for (int p = 0; p < _pairs.Length; p++)
        {
            (int i, int j) = _pairs[p];
            int atP = p * _n;
            for (int r = p + 1; r < _pairs.Length; r++)
            {
                (int k, int l) = _pairs[r];
                int atR = r * _n;
                double x = a[atP + k] + a[atP + l] + a[atR + i] + a[atR + j];
                if (x == 0)
                    continue;
                double y = b[atP + k] + b[atP + l] + b[atR + i] + b[atR + j];
                double cos = i == k || j == l || j == k || i == l ? sharing : apart;
                sum += x * y / (1 - cos * cos);
            }
        }
        return 2 * sum / (rho2 * c * (c - 1));
    }
}
