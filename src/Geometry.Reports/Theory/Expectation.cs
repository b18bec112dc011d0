namespace Geometry.Reports.Theory;

/// <summary>What theory expects of the models of one set-up.</summary>
/// <param name="Formula">The formula of the best weights; of a linear model the eigenvectors that it projects onto, as <c>eigenvectors 0
/// 1</c>.</param>
/// <param name="Features">The features of each summand, as <c>0 2 | 1</c>; empty for a linear model. Features of equal importance may
/// change places.</param>
/// <param name="Signature">What a run that agrees has (<see cref="RunSignature"/>).</param>
/// <param name="Loss">The least loss, a feature, as weight files have it.</param>
/// <param name="Source"> Where it comes from: <c>optimum</c> (least exact loss over all weights), <c>ideal</c> (the best of the ideal
/// solutions), <c>ground state</c> (least loss with one active feature) or <c>eigenvectors</c>.
/// </param>
public sealed record Expectation(string Formula, string Features, string Signature, double Loss, string Source)
{
    /// <summary>The formula with the features of its summands: <c>antipode + dedicated (0 2 | 1)</c>.</summary>
    public string Name => Features.Length == 0 ? Formula : $"{Formula} ({Features})";
}
