using System.Globalization;

namespace Geometry.LinearAlgebra;

/// <summary>
/// An iterative decomposition did not end within its cap. The message is one line with the size, the cap and the largest off-diagonal entry
/// left.
/// </summary>
/// <remarks>
/// No finite matrix is known for which this happens. It would be a fault of the kernel or of the processor, and an unfinished result must
/// not pass for a result.
/// </remarks>
public sealed class ConvergenceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="method">What was computed, for example <c>eigenvalues</c>.</param>
    /// <param name="size">Number of rows or vectors.</param>
    /// <param name="limit">The cap, with its unit: <c>40 sweeps</c>.</param>
    /// <param name="remaining">Largest off-diagonal entry left, as a share of the matrix.</param>
    public ConvergenceException(string method, int size, string limit, double remaining)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{method} of {size} {(size == 1 ? "row" : "rows")} did not converge in {limit}: {remaining:0.0e+0} is left off the "
                    + $"diagonal"
            )
        )
    {
        Remaining = remaining;
    }

    /// <summary>Largest off-diagonal entry left, as a share of the matrix.</summary>
    public double Remaining { get; }
}
