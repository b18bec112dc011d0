namespace Geometry.Reports.Theory;

/// <summary>What of a run is compared with theory: its summands, up to exchanges of features of equal importance.</summary>
/// <remarks>
/// Each summand is its shape and for each of its features the first one of the same importance: <c>antipode[0 2] + dedicated[0]</c> pairs
/// the last of three features, alone of its importance.
/// </remarks>
internal static class RunSignature
{
    /// <summary>The signature of some summands.</summary>
    /// <param name="summands">Shape and features of each.</param>
    /// <param name="importance">I_1 … I_n.</param>
    public static string Of(IEnumerable<(string Shape, IReadOnlyList<int> Features)> summands, IReadOnlyList<double> importance)
    {
        int Class(int feature)
        {
            int first = 0;
            while (importance[first] != importance[feature])
                first++;
            return first;
        }
        return string.Join(
            " + ",
            summands.Select(s => $"{s.Shape}[{string.Join(' ', s.Features.Select(Class).Order())}]").Order(StringComparer.Ordinal)
        );
    }
}
