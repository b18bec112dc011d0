namespace Geometry.Measures.Topology;

/// <summary>An interval of a barcode: a homology class that is there at all scales in [Birth, Death).</summary>
/// <param name="Degree">Degree of the homology, ≥ 0.</param>
/// <param name="Birth">The scale at which it appears.</param>
/// <param name="Death">The scale at which it is gone; +∞ for a class that stays.</param>
public readonly record struct Bar(int Degree, double Birth, double Death);
