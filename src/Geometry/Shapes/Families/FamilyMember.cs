using System.Numerics;
using Geometry.Decisions;
using Geometry.Shapes.Matching;

namespace Geometry.Shapes.Families;

/// <summary>
/// One size of a family of shapes without a size limit: how it is recognised, how likely random directions are to look like it, and its
/// vertices.
/// </summary>
/// <remarks>Nothing is precomputed but what a member's own constructor says; members are immutable and serve several threads.</remarks>
/// <param name="name">Canonical name, the one in formulas.</param>
/// <param name="dim">Dimension k ≥ 2.</param>
/// <param name="count">Number of vertices.</param>
/// <param name="source">Where the vertices come from.</param>
internal abstract class FamilyMember(string name, int dim, int count, string source)
{
    /// <summary>The largest number of vertices of a member: what labelling takes.</summary>
    public const int MostVertices = 4096;

    public string Name { get; } = name;

    public int Dim { get; } = dim;

    public int Count { get; } = count;

    public string Source { get; } = source;

    /// <summary>Number of permutations of the vertices that O(dim) realises; of all that a member leaves free, at once.</summary>
    public abstract BigInteger AutomorphismCount { get; }

    /// <summary>Number of independent ways to leave the shape.</summary>
    public virtual int Codimension => Count * (Dim - 1) - Dim * (Dim - 1) / 2;

    /// <summary>Whether it has free moduli; then another shape of its size that fits has the better claim to the name.</summary>
    public virtual bool IsGeneral => false;

    /// <summary>Writes the unit vertices, row-major count×dim, of the member itself or of its canonical representative.</summary>
    public abstract void Vertices(Span<double> destination);

    /// <summary>
    /// The residual of the data in the state, radians, and the correspondence behind it in <see cref="Correspondence.Best"/>.
    /// </summary>
    /// <returns>
    /// The RMS difference of the pair angles, an upper bound of its minimum; +∞ where the data have no correspondence with the shape.
    /// </returns>
    public abstract double Match(Correspondence state, DecisionConstants constants);

    /// <summary>
    /// After a match: the nearest member's vertices carried to the data, row i for direction i, row-major count×dim. O(count·dim² + dim³).
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
    /// The same for a narrower null: directions that come in opposite pairs already, along random lines. Antipodes are common in trained
    /// models, and where the shape consists of them the lines have to show something too. −∞ where the shape has no opposites to grant.
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
