using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Shapes;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors.Writing;
using Geometry.Synthesis;

namespace Geometry.Storage.Configurations;

/// <summary>Writes synthetic direct sums with their known answer to an npz that <c>label</c> and NumPy can read.</summary>
/// <remarks>
/// <para><c>sweep</c> () int64 = 1, the mark of files whose arrays are known by name · <c>W</c> (I, m, n) float32, whose rounding (6e−8) is
/// far below any noise of interest · <c>b</c> (I, n) float32 zeros · <c>run</c> (I,) int64 · <c>seed</c> () int64 · <c>sigma</c>,
/// <c>norm_spread</c>, <c>oblique_deg</c> (I,) float64 · <c>summand</c> (I, n) int64, the true partition: the summand's place in the
/// formula, −1 for an unlearned feature · <c>formula</c> () Unicode, canonical · <c>noise_in</c> () Unicode.</para>
/// <para>Instance i is stream i of the seed. Equal arguments make equal bytes; the file appears whole or not at all. Memory does not grow
/// with the number of instances; O(I·n·m²).</para>
/// </remarks>
public static class SyntheticFile
{
    /// <summary>Most instances of one file.</summary>
    public const int MostInstances = 10_000_000;

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="formula">What every instance is a sum of.</param>
    /// <param name="options">How they are made.</param>
    /// <param name="count">I ≥ 1.</param>
    /// <param name="catalogue">The shapes that the formula may use; null for the built-in ones.</param>
    /// <param name="cancellation">Stops the writing; an earlier file stays as it was.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the formula does not fit.</exception>
    /// <exception cref="ResultsException">The file cannot be written.</exception>
    public static void Write(
        string path,
        Formula formula,
        SyntheticOptions options,
        int count,
        ShapeCatalogue? catalogue = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(options);
        if (count < 1)
            throw new ArgumentException($"count: expected at least 1, found {count}");
        IReadOnlyList<SyntheticPart> parts = SyntheticParts.Of(formula, catalogue);
        FeatureConfiguration first = SyntheticSum.Make(parts, options).Configuration;
        try
        {
            AtomicFile.Write(path, stream =>
                Write(stream, parts, formula.ToString(), options, count, first.Hidden, first.Features, cancellation)
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: {(Directory.Exists(path) ? "it is a folder" : e.Message)}", e);
        }
    }

    private static void Write(
        Stream stream,
        IReadOnlyList<SyntheticPart> parts,
        string formula,
        SyntheticOptions options,
        int count,
        int m,
        int n,
        CancellationToken cancellation
    )
    {
        using var npz = new NpzWriter(stream);
        npz.Add(TrainedFormat.Marker, [], [(long)TrainedFormat.Version]);
        npz.Add(
            "W",
            [count, m, n],
            Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    return HiddenFirst(SyntheticSum.Make(parts, options, i).Configuration);
                })
        );
        float[] zeros = new float[n];
        npz.Add("b", [count, n], Enumerable.Repeat(zeros, count));
        npz.Add("run", [count], [.. Enumerable.Range(0, count).Select(i => (long)i)]);
        npz.Add("seed", [], [(long)options.Seed]);
        npz.Add("sigma", [count], Same(options.Sigma, count));
        npz.Add("norm_spread", [count], Same(options.NormSpread, count));
        npz.Add("oblique_deg", [count], Same(options.ObliqueDegrees, count));
        npz.Add(
            "summand",
            [count, n],
            Enumerable.Range(0, count).Select(i => SyntheticSum.Make(parts, options, i).Summand.Select(s => (long)s).ToArray())
        );
        npz.Add("formula", formula);
        npz.Add("noise_in", options.NoiseIn == NoiseIn.Summand ? "summand" : "ambient");
    }

    private static float[] HiddenFirst(FeatureConfiguration w)
    {
        float[] rows = new float[w.Hidden * w.Features];
        for (int i = 0; i < w.Features; i++)
        {
            ReadOnlySpan<double> column = w.Column(i);
            for (int k = 0; k < column.Length; k++)
                rows[k * w.Features + i] = (float)column[k];
        }
        return rows;
    }

    private static double[] Same(double value, int count)
    {
        double[] values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
