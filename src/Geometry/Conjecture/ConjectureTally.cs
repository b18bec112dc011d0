namespace Geometry.Conjecture;

/// <summary>What an experiment has counted so far; with its spec, all that it needs to go on.</summary>
/// <param name="Done">Configurations measured, of <see cref="ConjectureExperiment.Configurations"/>: the first of their order.</param>
/// <param name="Recovered">Exact partitions for each row, cells × methods.</param>
/// <param name="FormulaRecovered">Of them with the exact formula.</param>
public sealed record ConjectureTally(long Done, IReadOnlyList<int> Recovered, IReadOnlyList<int> FormulaRecovered);
