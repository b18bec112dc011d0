namespace Geometry.Reports.Theory;

/// <summary>What of a run is compared with theory: its summands, up to exchanges of features of equal importance.</summary>
/// <remarks>Each summand is its shape and the ranks of its features' importances, 0 for the least: <c>antipode[0 1] + dedicated[1]</c> pairs the least important feature.</remarks>
internal static class RunSignature
{
    /// <summary>The signature of some summands.</summary>
    /// <param name="summands">Shape and features of each.</param>
    /// <param name="importance">I_1 … I_n.</param>
    public static string Of(IEnumerable<(string Shape, IReadOnlyList<int> Features)> summands, IReadOnlyList<double> importance)
    {
        double[] distinct = [.. importance.Distinct().Order()];
        return string.Join(" + ", summands.Select(s => $"{s.Shape}[{string.Join(' ', s.Features.Select(f => Array.BinarySearch(distinct, importance[f])).Order())}]").Order(StringComparer.Ordinal));
    }
}
