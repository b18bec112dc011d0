using Geometry.Training.Specs;

namespace Geometry.Reports.Theory;

/// <summary>
/// What theory expects of the sweep that was asked for last, kept for whoever asks next: <c>run</c> tabulates and reports the same sweep.
/// </summary>
/// <remarks>Not thread-safe, though what it hands out is.</remarks>
public sealed class TheoryMemo
{
    private string? _text;
    private Expectations? _expectations;

    /// <summary>The expectations of a spec, those already computed if it is the last one.</summary>
    /// <param name="text">The text of sweep.yaml.</param>
    /// <param name="spec">The same, parsed.</param>
    internal Expectations Of(string text, SweepSpec spec)
    {
        if (_expectations is null || text != _text)
            (_text, _expectations) = (text, new Expectations(spec));
        return _expectations;
    }
}
