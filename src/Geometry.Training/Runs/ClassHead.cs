namespace Geometry.Training;

/// <summary>Which class a sample has, as a function of the number of active features among some.</summary>
public enum ClassTarget
{
    /// <summary>min(active, classes − 1): with two classes, whether any is.</summary>
    Any,

    /// <summary>active mod classes: with two classes, the parity.</summary>
    Xor,

    /// <summary>⌊classes·active/(features + 1)⌋: with two classes, whether more than half are.</summary>
    Majority,

    /// <summary>A list has the class for 0, 1, 2 … active features; its last entry holds for more.</summary>
    List,
}

/// <summary>A softmax head U h + c on the hidden space h, trained with cross-entropy.</summary>
/// <remarks>
/// h is the input of the decoder: W x for a component, the activations of the last hidden layer for a deep model. A feature is active where
/// x_i &gt; 0.
/// </remarks>
public sealed record ClassHead
{
    /// <summary>Makes a head.</summary>
    /// <param name="Classes">Number of classes, 2 … <see cref="MostClasses"/>.</param>
    /// <param name="Target">Which class a sample has.</param>
    /// <param name="Features">The features that count; distinct, at least one.</param>
    /// <param name="Weight">Weight of the mean cross-entropy (in nats) in the loss, &gt; 0, finite.</param>
    /// <param name="Alone">Whether this is the whole loss, without reconstruction.</param>
    /// <param name="Listed">The classes of <see cref="ClassTarget.List"/>; null for the other targets.</param>
    /// <exception cref="ArgumentException">A value lies outside its range.</exception>
    public ClassHead(
        int Classes,
        ClassTarget Target,
        IReadOnlyList<int> Features,
        double Weight,
        bool Alone,
        IReadOnlyList<int>? Listed = null
    )
    {
        ArgumentNullException.ThrowIfNull(Features);
        ArgumentOutOfRangeException.ThrowIfLessThan(Classes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Classes, MostClasses);
        if (!Enum.IsDefined(Target))
            throw new ArgumentOutOfRangeException(nameof(Target), Target, "Unknown target.");
        if (Features.Count == 0 || Features.Any(f => f < 0) || Features.Distinct().Count() != Features.Count)
            throw new ArgumentException("expected different features, at least one", nameof(Features));
        if (!(Weight > 0 && double.IsFinite(Weight)))
            throw new ArgumentOutOfRangeException(nameof(Weight), Weight, "Must be finite and > 0.");
        if ((Target == ClassTarget.List) != (Listed is { Count: > 0 }) || Listed?.Any(c => c < 0 || c >= Classes) == true)
            throw new ArgumentException($"expected classes 0 … {Classes - 1} for a list, and for nothing else", nameof(Listed));
        (this.Classes, this.Target, this.Features, this.Weight, this.Alone, this.Listed) = (
            Classes,
            Target,
            [.. Features],
            Weight,
            Alone,
            Listed is null ? null : [.. Listed]
        );
    }

    /// <summary>Most classes.</summary>
    public const int MostClasses = 1024;

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Which class a sample has.</summary>
    public ClassTarget Target { get; }

    /// <summary>The features that count.</summary>
    public IReadOnlyList<int> Features { get; }

    /// <summary>Weight of the cross-entropy.</summary>
    public double Weight { get; }

    /// <summary>Whether this is the whole loss.</summary>
    public bool Alone { get; }

    /// <summary>The class for each number of active features; null where the target is no list.</summary>
    public IReadOnlyList<int>? Listed { get; }

    /// <summary>The class of a sample.</summary>
    /// <param name="active">Number of active features among <see cref="Features"/>.</param>
    public int ClassOf(int active) =>
        Target switch
        {
            ClassTarget.Any => Math.Min(active, Classes - 1),
            ClassTarget.Xor => active % Classes,
            ClassTarget.List => Listed![Math.Min(active, Listed.Count - 1)],
            _ => Math.Min(Classes - 1, (int)((long)Classes * active / (Features.Count + 1))),
        };
}
