using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// The lines through the features: two features share a line when they are nearly opposite, and each is the other's most opposite feature.
/// </summary>
/// <remarks>O(n²) time, O(n² + n·r²) with the axes.</remarks>
internal sealed class FeatureLines
{
    private readonly int[] _line;
    private readonly bool[] _isPair;
    private readonly double[] _x;
    private readonly int _m;
    private double[]? _unit;
    private PrincipalAxes? _axes;

    private FeatureLines(int[] line, bool[] isPair, double[] x, int m) => (_line, _isPair, _x, _m) = (line, isPair, x, m);

    /// <summary>Number of lines.</summary>
    public int Count => _isPair.Length;

    /// <summary>A unit vector on each line, row-major Count×m.</summary>
    public double[] Unit => _unit ??= Directions(_line, _isPair, _x, _m);

    /// <summary>Principal axes of the lines.</summary>
    public PrincipalAxes Axes => _axes ??= PrincipalAxes.Of(Unit, _m, [.. Enumerable.Range(0, Count)]);

    /// <summary>The line of a feature.</summary>
    public int Of(int feature) => _line[feature];

    /// <summary>Variance per coordinate of the line's unit vector, in units of that of a feature.</summary>
    public double Variance(int line) => _isPair[line] ? 0.5 : 1;

    /// <summary>The lines of n unit columns.</summary>
    /// <param name="x">Unit columns, feature-major n×m.</param>
    /// <param name="m">Their length.</param>
    /// <param name="n">Columns.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="largestLean">Two features share a line when they lean from it by at most this, degrees.</param>
    public static FeatureLines Find(double[] x, int m, int n, double[] gram, double largestLean)
    {
        double largestCosine = -Elementary.Cos(double.DegreesToRadians(largestLean));
        int[] opposite = new int[n],
            line = new int[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 1; j < n; j++)
                opposite[i] = gram[i * n + j] < gram[i * n + opposite[i]] ? j : opposite[i];
        }
        var isPair = new List<bool>(n);
        for (int i = 0; i < n; i++)
        {
            int j = opposite[i];
            bool paired = j != i && opposite[j] == i && gram[i * n + j] < largestCosine;
            line[i] = paired && j < i ? line[j] : isPair.Count;
            if (line[i] == isPair.Count)
                isPair.Add(paired);
        }
        return new FeatureLines(line, [.. isPair], x, m);
    }

    private static double[] Directions(int[] line, bool[] isPair, double[] x, int m)
    {
        double[] unit = new double[isPair.Length * m];
        for (int i = line.Length - 1; i >= 0; i--)
        {
            // Features come in descending order: the first of a pair comes last and is added with its own sign.
            Span<double> y = unit.AsSpan(line[i] * m, m);
            if (isPair[line[i]])
                Vectors.Scale(-1, y);
            Vectors.Axpy(1, x.AsSpan(i * m, m), y);
        }
        for (int l = 0; l < isPair.Length; l++)
        {
            Span<double> y = unit.AsSpan(l * m, m);
            Vectors.Scale(1 / Vectors.Norm(y), y);
        }
        return unit;
    }
}
