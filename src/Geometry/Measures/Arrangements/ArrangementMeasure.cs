using System.Globalization;
using System.Numerics;
using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Arrangements;

/// <summary>
/// The affine hyperplane arrangement w_i·h + b_i = 0 of the learned features in hidden space: behind each wall the output of its feature is
/// active.
/// </summary>
/// <remarks>
/// <para>
/// Regions are counted twice: exactly, where walls and intersections coincide if they do so within rounding; and with a tolerance, where
/// they coincide if they do so within the run's noise σ. (The tolerance is 3σ on a coordinate of a unit normal, and on a threshold relative
/// to the largest one; σ is the larger of the label's noise scale and of the summands' residuals over √2, at most 0.015, which is 0.86°.)
/// The characteristic polynomial of a direct sum is the product over its summands, so up to noise a run is a direct sum where
/// <c>regions_tolerant</c> = <c>product</c>. <c>catalogue</c> is the product for the ideal shapes with equal thresholds, and <c>generic</c>
/// the number for as many walls in general position.
/// </para>
/// <para>
/// For untied models the walls are those of the decoder, a_i·h + b_i = 0. The columns <c>threshold_…</c> are about −b_i/(a_i·w_i), the
/// value of x_i above which output i is active when no other feature is (−b_i/‖w_i‖² where the weights are tied). Source of the counts: T.
/// Zaslavsky, Mem. AMS 154 (1975); see <see cref="RegionCounter"/>.
/// </para>
/// </remarks>
public sealed class ArrangementMeasure : IMeasure
{
    private const double Deviations = 3,
        LargestNoise = 0.015;

    /// <inheritdoc/>
    public string Name => "arrangement";

    /// <inheritdoc/>
    public string Description => "regions of the hyperplanes where outputs become active";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "regions",
        "bounded",
        "central",
        "regions_tolerant",
        "product",
        "clean_share",
        "catalogue",
        "generic",
        "threshold_min",
        "threshold_median",
        "threshold_max",
        "method",
    ];

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, CancellationToken cancellation = default)
    {
        int[] learned = [.. run.Learned];
        if (learned.Length == 0)
            return new MeasureResult([]);
        int m = run.Weights.Hidden;
        FeatureConfiguration decoder = run.Decoder ?? run.Weights;
        double[] columns = new double[learned.Length * m];
        for (int i = 0; i < learned.Length; i++)
            decoder.Column(learned[i]).CopyTo(columns.AsSpan(i * m));
        double[]? bias = run.Bias is { } b ? [.. learned.Select(i => b[i])] : null;
        var walls = Hyperplanes.Of(columns, bias, m, run.Precision);
        FoundRegions central = ArrangementRegions.Count(walls.Central(), cancellation);
        double clean = CleanShare.Of(run, cancellation);
        if (bias is null)
            return new MeasureResult(
                [
                    [
                        MeasureCell.Empty,
                        MeasureCell.Empty,
                        central.Regions,
                        MeasureCell.Empty,
                        MeasureCell.Empty,
                        clean,
                        MeasureCell.Empty,
                        RegionCount.GenericCentral(learned.Length, run.Rank),
                        MeasureCell.Empty,
                        MeasureCell.Empty,
                        MeasureCell.Empty,
                        Method(central),
                    ],
                ],
                "no bias: the walls all pass through the origin, and only their central regions are counted"
            );

        FoundRegions exact = ArrangementRegions.Count(walls, cancellation);
        double noise = Noise(run);
        FoundRegions? tolerant = double.IsNaN(noise)
            ? null
            : ArrangementRegions.Count(walls with { Tolerance = Math.Max(run.Precision, Deviations * noise) }, cancellation);
        BigInteger? product = Product(run, learned, columns, bias, noise, cancellation);
        double[] thresholds =
        [
            .. learned.Select(i => -run.Bias![i] / Vectors.Dot(decoder.Column(i), run.Weights.Column(i))).Where(double.IsFinite).Order(),
        ];
        var row = new MeasureCell[]
        {
            exact.Regions,
            Cell(exact.Bounded),
            central.Regions,
            Cell(tolerant is { IsLowerBound: false } found ? found.Regions : null),
            Cell(product),
            clean,
            Cell(CatalogueRegions.Of(run.Summands)),
            RegionCount.Generic(learned.Length, run.Rank).Regions,
            At(thresholds, 0),
            At(thresholds, thresholds.Length / 2),
            At(thresholds, thresholds.Length - 1),
            Method(exact),
        };
        return new MeasureResult([row], exact.IsLowerBound ? TooLarge(learned.Length, run.Rank) : null);
    }

    /// <summary>The noise of a unit normal per coordinate; NaN where it is unknown.</summary>
    internal static double Noise(MeasuredRun run)
    {
        double noise = run.NoiseScale;
        foreach (MeasuredSummand summand in run.Summands)
        {
            double residual = double.DegreesToRadians(summand.ResidualDegrees) / Math.Sqrt(2);
            if (!(noise >= residual) && double.IsFinite(residual))
                noise = residual;
        }
        return Math.Min(noise, LargestNoise);
    }

    /// <summary>
    /// The regions of the product of the summands' own arrangements, each in its own subspace; null where one is too large.
    /// </summary>
    private static BigInteger? Product(
        MeasuredRun run,
        int[] learned,
        double[] columns,
        double[] bias,
        double noise,
        CancellationToken cancellation
    )
    {
        int m = run.Weights.Hidden;
        // The unit is that of the whole arrangement; the same walls then coincide here and there.
        double unit = Enumerable
            .Range(0, learned.Length)
            .Select(i => Math.Abs(bias[i]) / Vectors.Norm(columns.AsSpan(i * m, m)))
            .Where(double.IsFinite)
            .DefaultIfEmpty(0)
            .Max();
        double tolerance = double.IsNaN(noise) ? run.Precision : Math.Max(run.Precision, Deviations * noise);
        BigInteger product = 1;
        foreach (MeasuredSummand summand in run.Summands)
        {
            int[] members = [.. summand.Features.Select(f => Array.BinarySearch(learned, f))];
            double[] own = [.. members.SelectMany(i => columns[(i * m)..((i + 1) * m)])];
            var walls = Hyperplanes.Of(own, [.. members.Select(i => bias[i])], m, tolerance, unit);
            Hyperplanes flat = Components.Project(walls, [.. Enumerable.Range(0, walls.Count)], summand.Dim);
            if (ArrangementRegions.IsTooLarge(flat))
                return null;
            product *= RegionCounter.Of(flat, cancellation).Regions;
        }
        return product;
    }

    private static string TooLarge(int walls, int rank) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"regions is a lower bound, from sampled lines: {walls} walls in {rank} dimensions have up to "
                + $"{(double)RegionCount.Generic(walls, rank).Regions:G3} regions; expected at most {ArrangementRegions.MostRegions:N0}"
        );

    private static MeasureCell Cell(BigInteger? number) => number is { } n ? n : MeasureCell.Empty;

    private static MeasureCell At(double[] sorted, int index) => index >= 0 && index < sorted.Length ? sorted[index] : MeasureCell.Empty;

    private static string Method(FoundRegions found) => found.IsLowerBound ? "sampled" : "exact";
}
