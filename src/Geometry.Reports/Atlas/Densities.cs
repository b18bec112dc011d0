namespace Geometry.Reports.Atlas;

/// <summary>Densities of runs with a known sparsity.</summary>
internal static class Densities
{
    /// <summary>1 − S, rounded to remove the error of the subtraction: 0.003 and not 0.0030000000000000027. NaN for NaN.</summary>
    public static double Of(double sparsity) => Math.Round(1 - sparsity, 12);
}
