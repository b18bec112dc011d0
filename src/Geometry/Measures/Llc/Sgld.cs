using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Geometry.RandomNumbers;

namespace Geometry.Measures.Llc;

/// <summary>A loss from which chains are sampled, eight chains at a time.</summary>
/// <remarks>
/// Memory layout: coordinate i of lane c of points and gradients is at 8i + c. Lanes are independent of each other. An instance holds its
/// workspace and belongs to one thread; nothing is allocated in <see cref="Evaluate"/>, and the same point gives the same bits.
/// </remarks>
public interface IChainLoss
{
    /// <summary>Number of chains that are evaluated together.</summary>
    const int Lanes = 8;

    /// <summary>The number of the batch that contains all data.</summary>
    const uint Whole = uint.MaxValue;

    /// <summary>P, the number of parameters.</summary>
    int Length { get; }

    /// <summary>The losses at eight points, and their gradients.</summary>
    /// <param name="points">Length 8P.</param>
    /// <param name="batch">Number of the batch of data; <see cref="Whole"/> for all data. A loss without data ignores it.</param>
    /// <param name="losses">Length 8, overwritten.</param>
    /// <param name="gradients">Length 8P, overwritten.</param>
    void Evaluate(ReadOnlySpan<double> points, uint batch, Span<double> losses, Span<double> gradients);
}

/// <summary>A step of stochastic-gradient Langevin dynamics.</summary>
/// <param name="Nbeta">nβ, inverse temperature times number of samples, &gt; 0.</param>
/// <param name="Epsilon">ε, step size, &gt; 0.</param>
/// <param name="Gamma">γ, strength of the pull towards w₀, ≥ 0.</param>
public readonly record struct SgldStep(double Nbeta, double Epsilon, double Gamma);

/// <summary>Chains of stochastic-gradient Langevin dynamics around a point w₀.</summary>
/// <remarks>
/// <para>
/// w ← w − (ε/2)(nβ ∇L(w) + γ(w − w₀)) + √ε·N(0, 1), as in devinterp's <c>SGLD</c>; the recorded loss is that before the step. Source:
/// Welling and Teh 2011, ICML 681; Lau, Furman, Wang, Murfet, Wei 2023, arXiv 2308.12108.
/// </para>
/// <para>
/// Eight chains are the eight lanes of the vectors. The noise is a function of (seed, run, chain, step, coordinate), so no chain depends on
/// the number of chains or threads. A step costs a gradient and about 4 ns per coordinate; nothing is allocated in it.
/// </para>
/// </remarks>
public static class Sgld
{
    private const int Lanes = IChainLoss.Lanes;

    /// <summary>Fourth word of the counter of the noise. The streams of training have smaller numbers.</summary>
    private const uint Purpose = 16;

    /// <summary>Runs chains from w₀.</summary>
    /// <param name="loss">L.</param>
    /// <param name="start">w₀, length P.</param>
    /// <param name="step">The step.</param>
    /// <param name="group">Number of the group of eight chains.</param>
    /// <param name="burnIn">Steps before the first draw, ≥ 0.</param>
    /// <param name="draws">Draws, one per step, ≥ 0.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="run">Number of the run: runs with the same seed have different noise.</param>
    /// <param name="trace">Receives the loss of draw t of lane c at c·draws + t; length 8·draws. Values are not finite from the step on at
    /// which a chain diverged.</param>
    /// <param name="points">Receives the points after the last step, in the layout of <see cref="IChainLoss"/>; length 8P.</param>
    /// <param name="cancellation">Ends the sampling.</param>
    public static void Run(
        IChainLoss loss,
        ReadOnlySpan<double> start,
        SgldStep step,
        int group,
        int burnIn,
        int draws,
        uint seed,
        uint run,
        Span<double> trace,
        Span<double> points,
        CancellationToken cancellation = default
    )
    {
        int length = loss.Length * Lanes;
        if (start.Length != loss.Length || points.Length != length || trace.Length != Lanes * draws)
            throw new ArgumentException("a span's length does not fit");
        double[] origin = new double[length],
            gradients = new double[length],
            losses = new double[Lanes];
        for (int i = 0; i < length; i++)
            origin[i] = points[i] = start[i / Lanes];
        for (int t = 0; t < burnIn + draws; t++)
        {
            if ((t & 63) == 0)
                cancellation.ThrowIfCancellationRequested();
            loss.Evaluate(points, (uint)t, losses, gradients);
            if (t >= burnIn)
            {
                for (int c = 0; c < Lanes; c++)
                    trace[(c * draws) + t - burnIn] = losses[c];
            }
            Step(points, origin, gradients, step, (uint)group, (uint)t, seed, run);
        }
    }

    private static void Step(
        Span<double> points,
        double[] origin,
        double[] gradients,
        SgldStep step,
        uint group,
        uint t,
        uint seed,
        uint run
    )
    {
        Span<double> noise = stackalloc double[NormalTile.Size];
        ref double w = ref MemoryMarshal.GetReference(points);
        ref double w0 = ref MemoryMarshal.GetArrayDataReference(origin);
        ref double g = ref MemoryMarshal.GetArrayDataReference(gradients);
        ref double z = ref MemoryMarshal.GetReference(noise);
        Vector512<double> pull = Vector512.Create(step.Epsilon / 2 * step.Gamma),
            slope = Vector512.Create(step.Epsilon / 2 * step.Nbeta),
            root = Vector512.Create(Math.Sqrt(step.Epsilon));
        for (int tile = 0; tile * NormalTile.Size < points.Length; tile++)
        {
            NormalTile.Fill((uint)tile, group, t, Purpose, seed, run, noise);
            int first = tile * NormalTile.Size,
                count = Math.Min(NormalTile.Size, points.Length - first);
            for (int i = 0; i < count; i += Lanes)
            {
                nuint at = (nuint)(first + i);
                Vector512<double> here = Vector512.LoadUnsafe(ref w, at);
                Vector512<double> drift = (slope * Vector512.LoadUnsafe(ref g, at)) + (pull * (here - Vector512.LoadUnsafe(ref w0, at)));
                (here - drift + (root * Vector512.LoadUnsafe(ref z, (nuint)i))).StoreUnsafe(ref w, at);
            }
        }
    }
}
