using System.Numerics;
using Geometry.Decisions;
using Geometry.Shapes.Matching;

namespace Geometry.Shapes.Families;

/// <summary>
/// One size of a family of shapes without a size limit: how it is recognised, how likely random directions are to look like it, and its
/// vertices.
/// </summary>
/// <remarks>Members are immutable and thread-safe.</remarks>
/// <param name="name">Canonical name, the one in formulas.</param>
/// <param name="dim">Dimension k ≥ 2.</param>
/// <param name="count">Number of vertices.</param>
/// <param name="source">Where the vertices come from.</param>
internal abstract class FamilyMember(string name, int dim, int count, string source)
{
    /// <summary>The largest number of vertices of a member, which is the largest number of features that labelling accepts.</summary>
    public const int MostVertices = 4096;

    public string Name { get; } = name;

    public int Dim { get; } = dim;

    public int Count { get; } = count;

    public string Source { get; } = source;

    /// <summary>Number of permutations of the vertices that O(dim) realises, whatever the member's free moduli are.</summary>
    public abstract BigInteger AutomorphismCount { get; }

    /// <summary>Number of independent ways to leave the shape.</summary>
    public virtual int Codimension => Count * (Dim - 1) - Dim * (Dim - 1) / 2;

    /// <summary>Whether the member has free moduli; then it gives the name only where no other shape of its size is acceptable.</summary>
    public virtual bool IsGeneral => false;

    /// <summary>Writes the unit vertices, row-major count×dim, of the member itself or of its canonical representative.</summary>
    public abstract void Vertices(Span<double> destination);

    /// <summary>Matches the data in the state, and leaves the correspondence in <see cref="Correspondence.Best"/>.</summary>
    /// <returns>
    /// The residual: the RMS difference of the pair angles, radians, an upper bound of its minimum; +∞ where the data have no
    /// correspondence with the shape.
    /// </returns>
    public abstract double Match(Correspondence state, DecisionConstants constants);

    /// <summary>
    /// After a match, writes the nearest member's vertices carried to the data, row-major count×dim, row i for direction i. O(count·dim² +
    /// dim³).
    /// </summary>
    public virtual void Place(Correspondence state, Span<double> reference)
    {
        Vertices(state.Member);
        Array.Copy(state.Best, state.Trial, Count);
        ReadOnlySpan<double> placed = state.Align() ? state.Rotated : state.Member;
        for (int i = 0; i < Count; i++)
            placed.Slice(state.Best[i] * Dim, Dim).CopyTo(reference[(i * Dim)..]);
    }

    /// <summary>
    /// ln of the probability that as many random directions have at most this residual, to leading order in the residual; may exceed 0.
    /// </summary>
    /// <param name="residual">Radians, > 0.</param>
    public abstract double LogProbability(double residual);

    /// <summary>
    /// As <see cref="LogProbability"/>, for a narrower null model: directions that already come in opposite pairs, along random lines.
    /// Antipodes are common in trained models, so where a shape consists of them, its lines must be improbable too. −∞ where the shape does
    /// not consist of opposite pairs.
    /// </summary>
    /// <param name="residual">Radians, > 0.</param>
    public virtual double LogProbabilityOfLines(double residual) => double.NegativeInfinity;

    /// <summary>
    /// What <see cref="Match"/> returns where there is no correspondence; <see cref="Correspondence.Best"/> is then the identity.
    /// </summary>
    protected double Refuse(Correspondence state)
    {
        for (int i = 0; i < Count; i++)
            state.Best[i] = i;
        return double.PositiveInfinity;
    }
}

/// <summary>Exact factorials, for orders of symmetry groups.</summary>
internal static class Factorials
{
    /// <summary>n!; O(n) multiplications.</summary>
    public static BigInteger Of(int n)
    {
        BigInteger product = BigInteger.One;
        for (int k = 2; k <= n; k++)
            product *= k;
        return product;
    }
}
