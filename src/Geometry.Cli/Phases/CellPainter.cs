using System.Globalization;
using Geometry.Reports.Phases;
using Spectre.Console;

namespace Geometry.Cli.Phases;

/// <summary>An entry of a picture's legend.</summary>
/// <param name="Color">0xRRGGBB.</param>
/// <param name="Code">The character in the cells.</param>
/// <param name="Text">Its meaning.</param>
internal sealed record LegendEntry(int Color, char Code, string Text);

/// <summary>The colour and character of each cell, and the legend.</summary>
internal sealed class CellPainter
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int MostFormulas = 26;

    // The viridis colours at even steps: lightness increases, which helps with colour blindness.
    private static readonly int[] s_scale =
    [
        0x440154,
        0x482878,
        0x3E4A89,
        0x31688E,
        0x26828E,
        0x1F9E89,
        0x35B779,
        0x6DCD59,
        0xB4DE2C,
        0xFDE725,
    ];

    private static readonly int[] s_marks = [0, 3, 6, 9];

    private readonly Func<PhaseCell, (int Color, char Code)?> _paint;

    private CellPainter(Func<PhaseCell, (int Color, char Code)?> paint, IReadOnlyList<LegendEntry> legend)
    {
        _paint = paint;
        Legend = legend;
    }

    public IReadOnlyList<LegendEntry> Legend { get; }

    /// <summary>The colour and character of a cell; null where it has no value.</summary>
    public (int Color, char Code)? Paint(PhaseCell cell) => _paint(cell);

    public static CellPainter For(PhaseTable table, PhaseValue value) =>
        value switch
        {
            PhaseValue.Label => Labels(table),
            PhaseValue.Formula => Formulas(table),
            PhaseValue.Dims => Numbers(table, c => c.MeanDims),
            PhaseValue.Learned => Numbers(table, c => c.MeanLearned),
            _ => Numbers(table, c => c.MeanLoss),
        };

    private static CellPainter Labels(PhaseTable table)
    {
        IReadOnlyDictionary<string, char> codes = LabelColors.Codes(table.Labels.Select(l => l.Name));
        int runs = table.Labels.Sum(l => l.Runs);
        return new CellPainter(
            c => (LabelColors.Of(c.Labels[0].Name), codes[c.Labels[0].Name]),
            [
                .. table.Labels.Select(l => new LegendEntry(
                    LabelColors.Of(l.Name),
                    codes[l.Name],
                    $"{l.Name} {((double)l.Runs / runs).ToString("0.0 %", CultureInfo.InvariantCulture)}"
                )),
            ]
        );
    }

    private static CellPainter Formulas(PhaseTable table)
    {
        // The legend lists the formulas that dominate some cell, those with most cells first, each in the colour of its label.
        var dominant = table
            .Cells.GroupBy(c => c.Formulas[0].Name, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .ToList();
        var entries = new Dictionary<string, LegendEntry>(StringComparer.Ordinal);
        for (int i = 0; i < dominant.Count; i++)
        {
            string formula = dominant[i].Key;
            string label = table.Runs.Runs.First(r => r.Formula == formula).Label;
            entries.Add(
                formula,
                new LegendEntry(LabelColors.Of(label), i < MostFormulas ? Letters[i] : '*', formula.Length == 0 ? "none" : formula)
            );
        }
        List<LegendEntry> legend = [.. entries.Values.Take(MostFormulas)];
        if (entries.Count > MostFormulas)
            legend.Add(
                new LegendEntry(
                    0xBBBBBB,
                    '*',
                    string.Create(CultureInfo.InvariantCulture, $"{entries.Count - MostFormulas} more formulas, see phase.csv")
                )
            );
        return new CellPainter(c => (entries[c.Formulas[0].Name].Color, entries[c.Formulas[0].Name].Code), legend);
    }

    private static CellPainter Numbers(PhaseTable table, Func<PhaseCell, double> value)
    {
        double[] known = [.. table.Cells.Select(value).Where(double.IsFinite)];
        if (known.Length == 0)
            return new CellPainter(_ => null, [new LegendEntry(0xBBBBBB, '·', "unknown for every run")]);
        double low = known.Min(),
            high = known.Max();
        int Level(double x) => high > low ? (int)Math.Min(9, 10 * (x - low) / (high - low)) : 0;
        string At(double part) => (low + (part * (high - low))).ToString("G4", CultureInfo.InvariantCulture);
        return new CellPainter(
            c => double.IsFinite(value(c)) ? (s_scale[Level(value(c))], (char)('0' + Level(value(c)))) : null,
            high > low
                ?
                [
                    .. s_marks.Select(l => new LegendEntry(s_scale[l], (char)('0' + l), $"from {At(l / 10.0)}")),
                    new LegendEntry(s_scale[9], '9', $"to {At(1)}"),
                ]
                : [new LegendEntry(s_scale[0], '0', At(0))]
        );
    }
}
