namespace Geometry.Reports.Atlas;

/// <summary>Densities of runs whose sparsity is on record.</summary>
internal static class Densities
{
    /// <summary>1 − S without the last digits, which the subtraction spoils: 0.003 and not 0.0030000000000000027. NaN for NaN.</summary>
    public static double Of(double sparsity) => Math.Round(1 - sparsity, 12);
}
