using System.Globalization;

namespace Geometry.LinearAlgebra;

/// <summary>
/// An iterative decomposition that did not end within its cap; the message is one line with the size, the cap and what is left off the
/// diagonal.
/// </summary>
/// <remarks>
/// No finite matrix is known that gets here: it would be a fault of the kernel or of the processor, and a result that is not one must not
/// pass for one.
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
