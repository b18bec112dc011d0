using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>
/// The lines along which opposite pairs of directions lie, with the lean of the pairs, and the weights that make the lines a tight frame.
/// </summary>
/// <remarks>Layouts: row-major. There is one instance per thread, valid until the next call of <see cref="Find"/> on that thread.</remarks>
internal sealed class OppositeLines
{
    [ThreadStatic]
    private static OppositeLines? s_own;

    private readonly Correspondence _state = new();

    private OppositeLines() { }

    /// <summary>L.</summary>
    public int Count => _state.Lines.Count;

    /// <summary>k.</summary>
    public int Dim => _state.Dim;

    /// <summary>
    /// The noise variance per coordinate of a direction, estimated from the leans of the pairs: Σ‖v⁺ + v⁻‖²/(2L(k−1)), square radians.
    /// </summary>
    public double LeanVariance
    {
        get
        {
            double sum = 0;
            for (int l = 0; l < Count; l++)
            {
                ReadOnlySpan<double> plus = Direction(_state.Lines.Plus[l]),
                    minus = Direction(_state.Lines.Minus[l]);
                for (int a = 0; a < Dim; a++)
                    sum += (plus[a] + minus[a]) * (plus[a] + minus[a]);
            }
            return sum / (2.0 * Count * (Dim - 1));
        }
    }

    /// <summary>The lines of the given directions; null where these do not come in opposite pairs. O(count²·k).</summary>
    /// <param name="unit">Unit vectors, row-major count×k.</param>
    /// <param name="k">Dimension, ≥ 2.</param>
    /// <param name="count">2L.</param>
    public static OppositeLines? Find(ReadOnlySpan<double> unit, int k, int count)
    {
        OppositeLines own = s_own ??= new OppositeLines();
        own._state.Load(unit, k, count);
        own._state.ComputeAngles();
        return own._state.Lines.TryPair(own._state) ? own : null;
    }

    /// <summary>
    /// The directions with exactly opposite pairs, each pair along the difference of its two directions; row-major 2L×k in the order of the
    /// data.
    /// </summary>
    public double[] Straightened()
    {
        double[] straight = new double[2 * Count * Dim];
        for (int l = 0; l < Count; l++)
        {
            ReadOnlySpan<double> line = _state.Lines.Lines.Slice(l * Dim, Dim);
            line.CopyTo(straight.AsSpan(_state.Lines.Plus[l] * Dim));
            for (int a = 0; a < Dim; a++)
                straight[_state.Lines.Minus[l] * Dim + a] = -line[a];
        }
        return straight;
    }

    /// <summary>
    /// Σ(u_i/ū − 1)², where u are the weights with which the lines come nearest to a tight frame: the least squares of Σu_i·y_i·y_iᵀ = 1,
    /// with the normal equations (G∘G)u = (1, …, 1) for the cosines G of the lines. NaN where these are singular. O(L²k + L³).
    /// </summary>
    public double SpreadOfWeights()
    {
        LineSystem lines = _state.Lines;
        lines.ComputeCosines();
        double[] squares = new double[Count * Count],
            u = new double[Count];
        for (int i = 0; i < squares.Length; i++)
            squares[i] = lines.Cosines[i] * lines.Cosines[i];
        Array.Fill(u, 1);
        if (!SmallCholesky.Factor(squares, Count, 1e-12))
            return double.NaN;
        SmallCholesky.SolveLower(squares, Count, u);
        SmallCholesky.SolveUpper(squares, Count, u);
        double mean = 0,
            sum = 0;
        foreach (double x in u)
            mean += x / Count;
        foreach (double x in u)
            sum += (x / mean - 1) * (x / mean - 1);
        return sum;
    }

    private ReadOnlySpan<double> Direction(int i) => _state.Unit.AsSpan(i * Dim, Dim);
}
