using Geometry.Measures;

namespace Geometry.Reports.Measures.Summaries;

/// <summary>Compares runs whose walls are those of a direct sum with the others: number, loss and exactness.</summary>
/// <remarks>
/// <c>products</c> counts the runs with at least two summands whose regions, counted with the run's noise as tolerance, are the product
/// over the summands; <c>exact_products</c> counts those for which that holds without tolerance. Others have one summand, or are no
/// product. Losses are those of the runs; <c>best_is_product</c> says whether the run of least loss is a product. Runs without a count at
/// the tolerance are left out.
/// </remarks>
public sealed class ArrangementLoss : IMeasureSummary
{
    /// <inheritdoc/>
    public string Measure => "arrangement";

    /// <inheritdoc/>
    public string Name => "arrangement-cells";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "runs",
        "products",
        "product_share",
        "exact_products",
        "product_loss_mean",
        "product_loss_min",
        "other_loss_mean",
        "other_loss_min",
        "best_is_product",
        "product_clean_share",
        "other_clean_share",
    ];

    /// <inheritdoc/>
    public IEnumerable<MeasureCell[]> Of(IReadOnlyList<SummarisedRun> runs, Func<string, int> column)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(column);
        int regions = column("regions"),
            tolerant = column("regions_tolerant"),
            product = column("product"),
            clean = column("clean_share");
        SummarisedRun[] counted = [.. runs.Where(r => !IsEmpty(r.Cells[tolerant]) && !IsEmpty(r.Cells[product]))];
        if (counted.Length == 0)
            yield break;
        SummarisedRun[] products = [.. counted.Where(r => IsSum(r.Run.Formula) && r.Cells[tolerant].Equals(r.Cells[product]))],
            others = [.. counted.Except(products)];
        double least = Least(counted);
        yield return
        [
            counted.Length,
            products.Length,
            (double)products.Length / counted.Length,
            products.Count(r => r.Cells[regions].Equals(r.Cells[product])),
            Mean(products),
            Least(products),
            Mean(others),
            Least(others),
            double.IsNaN(least) ? MeasureCell.Empty
            : Least(products) == least ? "yes"
            : "no",
            Median(products, clean),
            Median(others, clean),
        ];
    }

    /// <summary>Whether a formula has at least two terms, counting multiplicities.</summary>
    private static bool IsSum(string formula) =>
        formula.Contains(" + ", StringComparison.Ordinal)
        || (formula.Length > 0 && char.IsAsciiDigit(formula[0]) && formula.Contains(' ', StringComparison.Ordinal));

    private static bool IsEmpty(MeasureCell cell) => cell.Text is null && double.IsNaN(cell.Number);

    private static double Mean(SummarisedRun[] runs) =>
        runs.Select(r => r.Run.Loss).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static double Least(SummarisedRun[] runs) =>
        runs.Select(r => r.Run.Loss).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    private static double Median(SummarisedRun[] runs, int column)
    {
        double[] values = [.. runs.Select(r => r.Cells[column].Number).Where(double.IsFinite).Order()];
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }
}
