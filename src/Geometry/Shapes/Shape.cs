using System.Numerics;
using Geometry.Shapes.Families;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes;

/// <summary>
/// A shape of the catalogue: <see cref="Count"/> unit vectors that span R^<see cref="Dim"/>, up to a permutation and O(dim). It is rigid,
/// or a family with one parameter, or a member of a family without a size limit.
/// </summary>
/// <remarks>
/// Memory layout of vertices: row-major count×dim, one contiguous row per vertex. What the matcher and the significance need (pair classes,
/// automorphisms, tube volume) is computed on first use, once, and is safe to use from several threads.
/// </remarks>
public sealed class Shape
{
    private readonly ShapeVertices _vertices;
    private readonly Lazy<ShapeGeometry> _geometry;
    private readonly Lazy<TubeVolume> _tube;
    private readonly Lazy<RandomQuantiles> _quantiles;
    private readonly Lazy<LineTubeVolume?> _lines;

    /// <summary>A rigid shape.</summary>
    /// <param name="name">Name in formulas, for example <c>square-antiprism</c> or <c>code(3,7)</c>; no blank and no '+' in it.</param>
    /// <param name="dim">Dimension, ≥ 1.</param>
    /// <param name="count">Number of vertices, ≥ dim.</param>
    /// <param name="vertices">The vertices, row-major count×dim; they are scaled to unit length.</param>
    /// <param name="source">Where the coordinates come from.</param>
    /// <exception cref="ArgumentException">A size is wrong, or a vertex is zero or not finite.</exception>
    public Shape(string name, int dim, int count, double[] vertices, string source)
        : this(name, dim, count, source)
    {
        double[] unit = Scaled(name, dim, count, vertices);
        _vertices = (_, destination) => unit.CopyTo(destination);
    }

    /// <summary>A one-parameter family.</summary>
    /// <param name="name">Name in formulas; no blank and no '+' in it.</param>
    /// <param name="dim">Dimension, ≥ 1.</param>
    /// <param name="count">Number of vertices, ≥ dim.</param>
    /// <param name="parameter">The parameter with its range, Low &lt; High.</param>
    /// <param name="vertices">Writes the unit vertices of a member; smooth in the parameter on the range.</param>
    /// <param name="source">Where the coordinates come from.</param>
    /// <exception cref="ArgumentException">A size or the range is wrong, or a vertex is not of unit length.</exception>
    public Shape(string name, int dim, int count, ShapeParameter parameter, ShapeVertices vertices, string source)
        : this(name, dim, count, source)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(vertices);
        if (!(parameter.Low < parameter.High && parameter.Typical >= parameter.Low && parameter.Typical <= parameter.High))
            throw new ArgumentException($"{name}: expected Low ≤ Typical ≤ High and Low < High, found {parameter}", nameof(parameter));
        foreach (double t in (ReadOnlySpan<double>)[parameter.Low, parameter.Typical, parameter.High])
        {
            double[] member = new double[dim * count];
            vertices(t, member);
            double[] unit = Scaled(name, dim, count, member);
            for (int k = 0; k < unit.Length; k++)
            {
                if (Math.Abs(unit[k] - member[k]) > 1e-9)
                    throw new ArgumentException($"{name}: vertex {k / dim} at parameter {t} is not of unit length", nameof(vertices));
            }
        }
        Parameter = parameter;
        _vertices = vertices;
    }

    /// <summary>A member of a family without a size limit, with its own way to be recognised.</summary>
    internal Shape(FamilyMember member)
        : this(member.Name, member.Dim, member.Count, member.Source)
    {
        Member = member;
        _vertices = (_, destination) => member.Vertices(destination);
    }

    private Shape(string name, int dim, int count, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        if (dim < 1 || count < dim)
            throw new ArgumentException($"{name}: expected dim ≥ 1 and count ≥ dim, found dim = {dim}, count = {count}");
        if (name.AsSpan().IndexOfAny(' ', '+', '\t') >= 0)
            throw new ArgumentException($"a shape's name has no blank and no '+', found '{name}'", nameof(name));
        Name = name;
        Dim = dim;
        Count = count;
        Source = source;
        _vertices = null!;
        _geometry = new Lazy<ShapeGeometry>(() => new ShapeGeometry(this));
        _tube = new Lazy<TubeVolume>(() => Significance is null ? TubeVolume.Of(this) : new TubeVolume(Significance));
        _quantiles = new Lazy<RandomQuantiles>(() => RandomQuantiles.Of(this));
        _lines = new Lazy<LineTubeVolume?>(() => LineTubeVolume.Of(this));
    }

    /// <summary>Name in formulas.</summary>
    public string Name { get; }

    /// <summary>Dimension of the space that the vertices span.</summary>
    public int Dim { get; }

    /// <summary>Number of vertices.</summary>
    public int Count { get; }

    /// <summary>Where the coordinates come from.</summary>
    public string Source { get; }

    /// <summary>The free parameter of a family; null for a rigid shape.</summary>
    public ShapeParameter? Parameter { get; }

    /// <summary>
    /// Number of permutations of the vertices that O(dim) realises; for a one-parameter family, those that it realises in every member.
    /// </summary>
    public BigInteger AutomorphismCount => Member?.AutomorphismCount ?? (Count == 1 ? BigInteger.One : Geometry.AutomorphismCount);

    /// <summary>
    /// Number of independent ways to leave the shape: count·(dim−1) − dim·(dim−1)/2, less one for a one-parameter family and less its
    /// moduli for a line frame.
    /// </summary>
    public int Codimension => Member?.Codimension ?? Count * (Dim - 1) - Dim * (Dim - 1) / 2 - (Parameter is null ? 0 : 1);

    /// <summary>Significance that was computed before; null where it has to be computed.</summary>
    internal ShapeSignificance? Significance { get; init; }

    /// <summary>The member of a family without a size limit that this shape is; null for an entry of the catalogue.</summary>
    internal FamilyMember? Member { get; }

    internal ShapeGeometry Geometry => _geometry.Value;

    /// <summary>The vertices at the typical parameter, row-major count×dim, a fresh array.</summary>
    public double[] Vertices() => Vertices(Parameter?.Typical ?? double.NaN);

    /// <summary>The vertices of one member, row-major count×dim, a fresh array.</summary>
    /// <param name="parameter">In the parameter's range; ignored by a rigid shape.</param>
    public double[] Vertices(double parameter)
    {
        double[] vertices = new double[Count * Dim];
        CopyVertices(parameter, vertices);
        return vertices;
    }

    /// <summary>Writes the vertices of one member, row-major count×dim.</summary>
    /// <param name="parameter">In the parameter's range; ignored by a rigid shape.</param>
    /// <param name="destination">At least count·dim entries.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is outside the range.</exception>
    public void CopyVertices(double parameter, Span<double> destination)
    {
        if (Parameter is not null && !(parameter >= Parameter.Low && parameter <= Parameter.High))
            throw new ArgumentOutOfRangeException(
                nameof(parameter),
                parameter,
                $"{Name}: expected {Parameter.Name} in [{Parameter.Low}, {Parameter.High}]"
            );
        _vertices(parameter, destination[..(Count * Dim)]);
    }

    /// <summary>
    /// Probability that <see cref="Count"/> independent uniform directions in R^dim come within the residual of this shape (of any
    /// member of the family), under the best permutation and O(dim).
    /// </summary>
    /// <param name="residualDegrees">RMS difference of the pairwise angles, degrees, ≥ 0.</param>
    /// <returns>
    /// A probability in [0, 1], which may underflow to 0; see <see cref="TubeVolume"/> and, above 0.01, <see cref="RandomQuantiles"/> for
    /// its computation and calibration.
    /// </returns>
    public double PValue(double residualDegrees)
    {
        if (Dim == 1)
            return DimensionOne(residualDegrees);
        double residual = residualDegrees * (Math.PI / 180);
        if (Member is not null)
            return double.IsNaN(residual) ? double.NaN
                : residual <= 0 ? 0
                : Elementary.Exp(Math.Min(0, Member.LogProbability(residual)));
        double p = _tube.Value.Probability(residual);
        return p > RandomQuantiles.From && RandomQuantiles.Covers(this) ? _quantiles.Value.Probability(residual, p) : p;
    }

    /// <summary>
    /// ln of <see cref="PValue"/>, which does not underflow: the p-values of large shapes are far below the smallest double.
    /// </summary>
    /// <param name="residualDegrees">RMS difference of the pairwise angles, degrees, ≥ 0.</param>
    /// <returns>In [−∞, 0]; −∞ at residual 0.</returns>
    public double LogPValue(double residualDegrees)
    {
        double p = PValue(residualDegrees);
        if (!(p < 1e-290))
            return Elementary.Log(p);
        double residual = residualDegrees * (Math.PI / 180);
        return residual <= 0 || Dim == 1
            ? Elementary.Log(p)
            : Math.Min(0, Member?.LogProbability(residual) ?? _tube.Value.LogProbability(residual));
    }

    /// <summary>
    /// ln of the probability that directions which already come in opposite pairs, along independent random lines, have at most this
    /// residual. It may exceed 0 where the residual is large. −∞ for shapes that are not made of opposite pairs, and for those with so many
    /// pairs that no acceptable residual is probable.
    /// </summary>
    /// <param name="residual">Radians, &gt; 0.</param>
    internal double LogProbabilityOfLines(double residual) =>
        Member?.LogProbabilityOfLines(residual) ?? _lines.Value?.LogProbability(residual) ?? double.NegativeInfinity;

    /// <inheritdoc/>
    public override string ToString() => Name;

    // Only signs are random: every pair is at 0° or 180°, and c−1 of the signs decide.
    private double DimensionOne(double residualDegrees) => Count > 1 && residualDegrees < 180 ? Math.ScaleB(1, 1 - Count) : 1;

    private static double[] Scaled(string name, int dim, int count, double[] vertices)
    {
        ArgumentNullException.ThrowIfNull(vertices);
        if (vertices.Length != dim * count)
            throw new ArgumentException($"{name}: expected {dim * count} coordinates, found {vertices.Length}", nameof(vertices));
        double[] unit = new double[vertices.Length];
        for (int i = 0; i < count; i++)
        {
            double norm = 0;
            for (int k = 0; k < dim; k++)
                norm += vertices[i * dim + k] * vertices[i * dim + k];
            norm = Math.Sqrt(norm);
            if (!(norm > 0 && double.IsFinite(norm)))
                throw new ArgumentException($"{name}: vertex {i} has norm {norm}; expected a positive one", nameof(vertices));
            for (int k = 0; k < dim; k++)
                unit[i * dim + k] = vertices[i * dim + k] / norm;
        }
        return unit;
    }
}

/// <summary>The free parameter of a one-parameter family of shapes.</summary>
/// <param name="Name">What it is, for example <c>z²</c>: the squared height of a ring of vertices on the unit sphere.</param>
/// <param name="Low">Smallest value; below it vertices merge, or the shape turns into another.</param>
/// <param name="High">Largest value.</param>
/// <param name="Typical">The value that pictures and synthetic data use: the best known spherical code or the tight frame of the
/// family.</param>
public sealed record ShapeParameter(string Name, double Low, double High, double Typical);

/// <summary>Writes the unit vertices of a family member, row-major count×dim.</summary>
/// <param name="parameter">A value in [<see cref="ShapeParameter.Low"/>, <see cref="ShapeParameter.High"/>].</param>
/// <param name="vertices">Destination, count·dim entries, all of them to be written.</param>
public delegate void ShapeVertices(double parameter, Span<double> vertices);
