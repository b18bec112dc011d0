namespace Geometry.Training.Engine;

/// <summary>The steps after which the parameters are kept.</summary>
public static class CheckpointSteps
{
    /// <summary>The steps that a plan keeps.</summary>
    public static IReadOnlyList<int> Of(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Spacing == CheckpointSpacing.Even
            ? EvenlySpaced(plan.Steps, plan.Checkpoints)
            : LogSpaced(plan.Steps, plan.Checkpoints);
    }

    /// <summary>
    /// Evenly spaced numbers of finished steps, strictly increasing: T·i/(count−1) rounded, i = 0 … count − 1, at most T + 1 of them. With
    /// count 1 only the final state, with 0 none.
    /// </summary>
    /// <param name="steps">T ≥ 0.</param>
    /// <param name="count">Wanted number of checkpoints, ≥ 0.</param>
    public static IReadOnlyList<int> EvenlySpaced(int steps, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return [];
        if (count == 1 || steps == 0)
            return [steps];
        int kept = (int)Math.Min(count, steps + 1L);
        return [.. Enumerable.Range(0, kept).Select(i => (int)Math.Round((double)steps * i / (kept - 1)))];
    }

    /// <summary>
    /// Log-spaced numbers of finished steps, strictly increasing: the start (0), then count − 1 steps near T^(i/(count−2)), i = 0 … count −
    /// 2, from 1 to T; of steps that round to the same number the later ones move up to the next free number; at most T + 1 of them. With
    /// count 1 only the final state, with 0 none.
    /// </summary>
    /// <param name="steps">T ≥ 0.</param>
    /// <param name="count">Wanted number of checkpoints, ≥ 0.</param>
    public static IReadOnlyList<int> LogSpaced(int steps, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return [];
        if (count == 1 || steps == 0)
            return [steps];
        if (count > steps)
            return [.. Enumerable.Range(0, steps + 1)];
        var kept = new List<int>(count) { 0 };
        int gaps = count - 2;
        for (int i = 0; i <= gaps; i++)
        {
            double ideal = gaps == 0 ? steps : Elementary.Exp(Elementary.Log(steps) * i / gaps);
            int latest = steps - (gaps - i);
            kept.Add(Math.Min(Math.Max((int)Math.Round(ideal), kept[^1] + 1), latest));
        }
        return kept;
    }
}
