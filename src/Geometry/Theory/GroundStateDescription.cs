using System.Globalization;
using System.Numerics;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Descriptions;

namespace Geometry.Theory;

/// <summary>A ground state as a row of a table.</summary>
/// <param name="Live">Number of live features.</param>
/// <param name="Norms">Distinct norms ‖w_i‖, descending, as value×count separated by blanks.</param>
/// <param name="Biases">Distinct biases, ascending, in the same form.</param>
/// <param name="Form">The formula of the live features' directions; empty for a flat family, whose members have different formulas, and
/// where no feature is live.</param>
/// <param name="Symmetries">Order of the group of permutations of the distinct live directions that keep every angle; null where
/// <paramref name="Form"/> is empty or the group is unknown.</param>
public sealed record GroundStateDescription(int Live, string Norms, string Biases, string Form, BigInteger? Symmetries)
{
    /// <summary>Largest difference of numbers that count as equal, ten times the largest error of the descent.</summary>
    private const double Same = 1e-5;

    private const int Digits = 5;

    /// <summary>Describes a ground state.</summary>
    /// <param name="state">The minimum.</param>
    /// <param name="options">Options of the labelling that gives the formula.</param>
    public static GroundStateDescription Of(GroundState state, LabelOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        LocalMinimum minimum = state.Minimum;
        int d = minimum.Weights.Hidden;
        double[] norms =
        [
            .. Enumerable.Range(0, minimum.Weights.Features).Select(i => Vectors.Norm(minimum.Weights.Column(i))).OrderDescending(),
        ];
        string form = "";
        BigInteger? symmetries = null;
        if (!state.IsFlat && minimum.Live.Count > 0)
        {
            double[] directions = Directions(minimum);
            form = LabelPipeline.Label(new FeatureConfiguration(d, minimum.Live.Count, directions), options).Formula;
            double[] distinct = Distinct(directions, d);
            symmetries = ConfigurationDescription.Of(distinct, d, distinct.Length / d, 0).Symmetries;
        }
        return new GroundStateDescription(
            minimum.Live.Count,
            Multiplicities.Text(norms, Same, Digits),
            Multiplicities.Text([.. minimum.Bias.Order()], Same, Digits),
            form,
            symmetries
        );
    }

    /// <summary>Unit columns of the live features, row-major.</summary>
    private static double[] Directions(LocalMinimum minimum)
    {
        int d = minimum.Weights.Hidden;
        double[] directions = new double[minimum.Live.Count * d];
        for (int i = 0; i < minimum.Live.Count; i++)
        {
            Span<double> row = directions.AsSpan(i * d, d);
            minimum.Weights.Column(minimum.Live[i]).CopyTo(row);
            Vectors.Scale(1 / Vectors.Norm(row), row);
        }
        return directions;
    }

    /// <summary>The first of each set of equal directions, row-major.</summary>
    private static double[] Distinct(double[] directions, int d)
    {
        var kept = new List<int>();
        for (int i = 0; i < directions.Length / d; i++)
        {
            if (!kept.Exists(j => Vectors.Dot(directions.AsSpan(i * d, d), directions.AsSpan(j * d, d)) > 1 - (Same * Same)))
                kept.Add(i);
        }
        return [.. kept.SelectMany(i => directions[(i * d)..((i + 1) * d)])];
    }
}

/// <summary>Distinct numbers with their multiplicities, as a cell of a table: <c>1.17046×5 0×1</c>.</summary>
public static class Multiplicities
{
    /// <summary>The text, in which each run of equal numbers is represented by its mean.</summary>
    /// <param name="sorted">The numbers, ascending or descending.</param>
    /// <param name="same">Largest difference of neighbours that count as equal.</param>
    /// <param name="digits">Digits after the decimal point, at most 15.</param>
    public static string Text(IReadOnlyList<double> sorted, double same, int digits)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        var runs = new List<string>();
        for (int start = 0, end; start < sorted.Count; start = end)
        {
            for (end = start + 1; end < sorted.Count && Math.Abs(sorted[end] - sorted[end - 1]) <= same; )
                end++;
            double mean = Math.Round(sorted.Skip(start).Take(end - start).Average(), digits) + 0.0;
            runs.Add(string.Create(CultureInfo.InvariantCulture, $"{(decimal)mean:0.###############}×{end - start}"));
        }
        return string.Join(' ', runs);
    }
}
