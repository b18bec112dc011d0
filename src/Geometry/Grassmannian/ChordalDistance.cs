using System.Buffers;
using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian;

/// <summary>The chordal distance of two k-planes, d(P,Q) = ‖P−Q‖_F/√2 = sqrt(Σ sin²θ_i), in [0, √k].</summary>
/// <remarks>
/// <para>There are two forms, equal in exact arithmetic. <see cref="FromBases"/>: d = ‖V − U(UᵀV)‖_F, without cancellation, with an
/// absolute error of a few 2⁻⁵² at every angle; decisions use this form. <see cref="PrincipalAngles"/>: sines and cosines from separate
/// singular values, as accurate, and it gives the angles as well.</para>
/// <para>Memory layout: bases k×m, one orthonormal vector per row. Source: Conway, Hardin and Sloane 1996,
/// doi:10.1080/10586458.1996.10504585; Björck and Golub 1973, doi:10.1090/S0025-5718-1973-0348991-3 for the angles.</para>
/// </remarks>
public static class ChordalDistance
{
    private const int StackLimit = 512;

    /// <summary>d from two orthonormal bases, by the residual ‖V − U(UᵀV)‖_F.</summary>
    /// <param name="u">k×m, orthonormal rows.</param>
    /// <param name="v">k×m, orthonormal rows.</param>
    /// <param name="m">Dimension of the space.</param>
    /// <param name="k">Dimension of the planes.</param>
    public static double FromBases(ReadOnlySpan<double> u, ReadOnlySpan<double> v, int m, int k)
    {
        double[]? rented = m > StackLimit ? ArrayPool<double>.Shared.Rent(m) : null;
        Span<double> residual = (rented is null ? stackalloc double[StackLimit] : rented)[..m];
        double sum = 0;
        for (int i = 0; i < k; i++)
        {
            Residual(u, v.Slice(i * m, m), m, k, residual);
            sum += Vectors.Dot(residual, residual);
        }
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return Math.Sqrt(sum);
    }

    /// <summary>The distance ‖x − U(Uᵀx)‖ of a vector from a plane, in the unit of x.</summary>
    /// <param name="u">k×m, orthonormal rows.</param>
    /// <param name="x">A vector of length m.</param>
    /// <param name="m">Dimension of the space.</param>
    /// <param name="k">Dimension of the plane.</param>
    /// <param name="residual">Receives x − U(Uᵀx), length m.</param>
    public static double Residual(ReadOnlySpan<double> u, ReadOnlySpan<double> x, int m, int k, Span<double> residual)
    {
        x.CopyTo(residual);
        for (int j = 0; j < k; j++)
        {
            ReadOnlySpan<double> axis = u.Slice(j * m, m);
            Vectors.Axpy(-Vectors.Dot(axis, x), axis, residual);
        }
        return Math.Sqrt(Vectors.Dot(residual, residual));
    }

    /// <summary>The principal angles of two planes, ascending, radians in [0, π/2]; returns d = sqrt(Σ sin²θ_i).</summary>
    /// <param name="u">k×m, orthonormal rows.</param>
    /// <param name="v">k×m, orthonormal rows.</param>
    /// <param name="m">Dimension of the space.</param>
    /// <param name="k">Dimension of the planes.</param>
    /// <param name="angles">Receives θ_1 ≤ … ≤ θ_k; length ≥ k.</param>
    public static double PrincipalAngles(ReadOnlySpan<double> u, ReadOnlySpan<double> v, int m, int k, Span<double> angles)
    {
        int size = (k * k) + (k * m) + (2 * k);
        double[]? rented = size > StackLimit ? ArrayPool<double>.Shared.Rent(size) : null;
        Span<double> work = rented is null ? stackalloc double[StackLimit] : rented;
        Span<double> inner = work[..(k * k)],
            residuals = work.Slice(k * k, k * m);
        Span<double> cosines = work.Slice((k * k) + (k * m), k),
            sines = work.Slice((k * k) + (k * m) + k, k);
        for (int i = 0; i < k; i++)
        {
            ReadOnlySpan<double> vi = v.Slice(i * m, m);
            for (int j = 0; j < k; j++)
                inner[(i * k) + j] = Vectors.Dot(u.Slice(j * m, m), vi);
            Residual(u, vi, m, k, residuals.Slice(i * m, m));
        }
        SingularValues.Compute(inner, k, k, cosines);
        SingularValues.Compute(residuals, m, k, sines);
        double sum = 0;
        for (int i = 0; i < k; i++)
        {
            double sine = sines[k - 1 - i];
            angles[i] = Elementary.Atan2(sine, cosines[i]);
            sum += sine * sine;
        }
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return Math.Sqrt(sum);
    }
}
