using Geometry.Labels;

namespace Geometry.Training.Measures;

/// <summary>Changes of a model between two checkpoints, as short texts.</summary>
/// <remarks>
/// <c>learned 0 3</c>, <c>unlearned 2</c>: features. <c>formed pentagon(0 1 2 3 4)</c>: a summand of several features that did not exist
/// before with these features and this shape. <c>D 2 0.50&gt;0.67</c>: a jump of D_i by <see cref="Jump"/> or more, for a feature that is
/// learned at both checkpoints. <c>loss -32%</c>: a fall or rise of the loss by <see cref="Drop"/> or more.
/// </remarks>
internal static class TrainingEvents
{
    /// <summary>Smallest jump of a D_i: half the difference between a pentagon's 2/5 and an antipode's 1/2.</summary>
    public const double Jump = 0.05;

    /// <summary>Smallest relative change of the loss.</summary>
    public const double Drop = 0.1;

    /// <summary>The events; for the first checkpoint, its initial state.</summary>
    public static IReadOnlyList<string> Between(TrainingMoment? before, TrainingMoment now)
    {
        var events = new List<string>();
        HashSet<int> old = [.. before?.Label.Learned ?? []],
            learned = [.. now.Label.Learned];
        Add(events, "learned", now.Label.Learned.Where(i => !old.Contains(i)));
        Add(events, "unlearned", old.Where(i => !learned.Contains(i)).Order());
        HashSet<string> known = [.. (before?.Label.Summands ?? []).Select(Text)];
        events.AddRange(now.Label.Summands.Where(s => s.Count > 1).Select(Text).Where(t => !known.Contains(t)).Select(t => "formed " + t));
        if (before is null)
            return events;
        foreach (int i in now.Label.Learned.Where(old.Contains))
        {
            double from = before.Label.Dimensionalities[i],
                to = now.Label.Dimensionalities[i];
            if (Math.Abs(to - from) >= Jump)
                events.Add(FormattableString.Invariant($"D {i} {from:0.00}>{to:0.00}"));
        }
        double change = (now.Loss / before.Loss) - 1;
        if (Math.Abs(change) >= Drop)
            events.Add(FormattableString.Invariant($"loss {100 * change:+0;-0}%"));
        return events;
    }

    private static void Add(List<string> events, string what, IEnumerable<int> features)
    {
        string text = string.Join(' ', features);
        if (text.Length > 0)
            events.Add($"{what} {text}");
    }

    private static string Text(Summand summand) => $"{summand.Match.Shape}({string.Join(' ', summand.Features)})";
}
