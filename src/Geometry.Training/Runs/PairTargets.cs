using Geometry.Theory.Pairs;

namespace Geometry.Training;

/// <summary>The values that a model should compute from Boolean features: one for each of some pairs.</summary>
/// <remarks>
/// A feature is 1 where it is active, else 0. The loss is the mean over samples and pairs of weight·|r − y|^power, where the weight is <see
/// cref="OnesWeight"/> if y = 1, else 1.
/// </remarks>
public sealed record PairTargets
{
    /// <summary>Makes targets.</summary>
    /// <param name="Task">AND or XOR.</param>
    /// <param name="Pairs">Pairs of different features, at least one.</param>
    /// <param name="Normalised">Whether inputs have unit norm: each active feature is then 1/√(number of active features).</param>
    /// <param name="Power">An even number, 2 … <see cref="MostPower"/>.</param>
    /// <param name="OnesWeight">Weight of errors where the value is 1, &gt; 0, finite.</param>
    /// <exception cref="ArgumentException">A value lies outside its range.</exception>
    public PairTargets(PairTask Task, IReadOnlyList<(int First, int Second)> Pairs, bool Normalised, int Power, double OnesWeight)
    {
        ArgumentNullException.ThrowIfNull(Pairs);
        if (!Enum.IsDefined(Task))
            throw new ArgumentOutOfRangeException(nameof(Task), Task, "Unknown task.");
        if (Pairs.Count == 0 || Pairs.Any(p => p.First < 0 || p.Second < 0 || p.First == p.Second))
            throw new ArgumentException("expected pairs of different features, at least one", nameof(Pairs));
        if (Power is < 2 or > MostPower || Power % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(Power), Power, $"expected an even number, 2 to {MostPower}");
        if (!(OnesWeight > 0 && double.IsFinite(OnesWeight)))
            throw new ArgumentOutOfRangeException(nameof(OnesWeight), OnesWeight, "Must be finite and > 0.");
        (this.Task, this.Pairs, this.Normalised, this.Power, this.OnesWeight) = (Task, [.. Pairs], Normalised, Power, OnesWeight);
    }

    /// <summary>Largest power.</summary>
    public const int MostPower = 16;

    /// <summary>AND or XOR.</summary>
    public PairTask Task { get; }

    /// <summary>The pairs, in the order of the outputs.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs { get; }

    /// <summary>Whether inputs have unit norm.</summary>
    public bool Normalised { get; }

    /// <summary>Power of the error.</summary>
    public int Power { get; }

    /// <summary>Weight where y = 1.</summary>
    public double OnesWeight { get; }

    /// <summary>All pairs of n features, (0, 1), (0, 2) … (n−2, n−1).</summary>
    /// <param name="features">n.</param>
    public static (int First, int Second)[] All(int features) =>
        [.. Enumerable.Range(0, features).SelectMany(i => Enumerable.Range(i + 1, features - i - 1).Select(j => (i, j)))];
}
