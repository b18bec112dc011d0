namespace Geometry.Training.Data;

/// <summary>How the features of one unit become active.</summary>
internal enum UnitKind
{
    /// <summary>One feature of its own.</summary>
    Single,

    /// <summary>All members together, values independent.</summary>
    Together,

    /// <summary>Exactly one member.</summary>
    OneOf,
}

/// <summary>Features that share one decision: a group, or a feature by itself. Units are active independently of each other.</summary>
/// <param name="Kind">What an active unit does.</param>
/// <param name="Features">The members.</param>
/// <param name="Probability">p, the probability of being active, (0, 1].</param>
/// <param name="First">π, the probability of being active given that no earlier unit is and that some unit is, [p, 1].</param>
/// <param name="Slot">Number of its first uniform number; a unit of kind together has one more a member.</param>
internal sealed record SampleUnit(UnitKind Kind, int[] Features, double Probability, double First, int Slot);
