namespace Geometry.Spheres;

/// <summary>A sphere fitted to the raw columns of a summand, inside the summand's own subspace V_S.</summary>
/// <param name="Radius">Radius, in the units of W.</param>
/// <param name="Rms">Root mean square of ‖x − c‖ − r over the points, in the units of W.</param>
/// <param name="CenterNorm">‖c‖, distance of the centre from the origin, in the units of W.</param>
public sealed record Sphere(double Radius, double Rms, double CenterNorm);
