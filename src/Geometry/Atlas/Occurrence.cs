namespace Geometry.Atlas;

/// <summary>One summand of one run, as material for an atlas.</summary>
/// <param name="Dim">d, the dimension of the summand, ≥ 2.</param>
/// <param name="Directions">c, the number of its distinct directions, ≥ d.</param>
/// <param name="Coordinates">The unit directions in an orthonormal basis of the summand, row-major c×d.</param>
/// <param name="Run">Where it was found.</param>
public sealed record Occurrence(int Dim, int Directions, double[] Coordinates, OccurrenceRun Run);

/// <summary>The run that a summand is part of.</summary>
/// <param name="Sweep">Name of the labelled folder.</param>
/// <param name="Folder">Path of the labelled folder.</param>
/// <param name="Source">The weight file's name in it.</param>
/// <param name="Instance">Index of the run in the file.</param>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Density">1 − S; NaN when unknown.</param>
/// <param name="Cell">Index of the run's cell: runs of a cell differ in their seed alone.</param>
/// <param name="BetterRuns">Number of runs in the better half of the cell by loss; 0 where losses are not known.</param>
/// <param name="IsBetter">Whether this run is one of them.</param>
public sealed record OccurrenceRun(
    string Sweep,
    string Folder,
    string Source,
    int Instance,
    int Features,
    int Hidden,
    double Density,
    int Cell,
    int BetterRuns,
    bool IsBetter
);
