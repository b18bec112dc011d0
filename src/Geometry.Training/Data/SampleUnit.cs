namespace Geometry.Training.Data;

/// <summary>How the features of one unit become active.</summary>
internal enum UnitKind
{
    /// <summary>A single feature.</summary>
    Single,

    /// <summary>All members are active together, with independent values.</summary>
    Together,

    /// <summary>Exactly one member is active.</summary>
    OneOf,
}

/// <summary>Features with one common decision: a group, or a single feature. Units are active independently of each other.</summary>
/// <param name="Kind">Which members are active in an active unit.</param>
/// <param name="Features">The members.</param>
/// <param name="Probability">p, the probability of being active, (0, 1].</param>
/// <param name="First">π, the probability of being active given that no earlier unit is and that some unit is, in [p, 1].</param>
/// <param name="Slot">Index of its first uniform number; a unit of kind together has one further number per member.</param>
internal sealed record SampleUnit(UnitKind Kind, int[] Features, double Probability, double First, int Slot);
