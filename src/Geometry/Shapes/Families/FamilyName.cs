namespace Geometry.Shapes.Families;

/// <summary>
/// What a family's spelling means: a canonical name, and the member where it is one of a family; or a reason why there is no such shape.
/// </summary>
/// <param name="Canonical">The name in formulas, of a catalogue entry or of a member; null when refused.</param>
/// <param name="Make">Makes the member; null for a catalogue entry.</param>
/// <param name="Refusal">Why there is no such shape, one line; null when there is.</param>
internal sealed record FamilyName(string? Canonical, Func<FamilyMember>? Make, string? Refusal)
{
    public static FamilyName Entry(string canonical) => new(canonical, null, null);

    public static FamilyName Member(string canonical, Func<FamilyMember> make) => new(canonical, make, null);

    public static FamilyName Refused(string why) => new(null, null, why);
}
