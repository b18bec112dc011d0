namespace Geometry.Storage.Training;

/// <summary>A run that diverged.</summary>
/// <param name="Source">Its weight file, relative to the output folder.</param>
/// <param name="Instance">Its place in the complete file.</param>
/// <param name="Run">Its index in the sweep.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Step">The first step whose loss or weights were NaN or infinite.</param>
public sealed record RunFailure(string Source, int Instance, int Run, int Seed, int Step);
