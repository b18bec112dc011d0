using Geometry.Atlas;

namespace Geometry.Reports.Atlas;

/// <summary>What a report says of one form.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">The form; null where no atlas at hand has it.</param>
/// <param name="Picture">The form in three coordinates; null without the form.</param>
/// <param name="RunCount">Runs that hold it.</param>
/// <param name="Runs">Some of them, those nearest to the form first.</param>
/// <param name="Places">Where they are in the sweeps, by n, m and density.</param>
public sealed record FormCard(
    string Name,
    Form? Form,
    FormProjection? Picture,
    int RunCount,
    IReadOnlyList<FormRun> Runs,
    IReadOnlyList<FormPlace> Places
)
{
    /// <summary>Most runs that a card names.</summary>
    internal const int MostRuns = 12;

    /// <summary>A card of a form and all runs that hold it.</summary>
    internal static FormCard Of(string name, Form? form, IReadOnlyList<(FormRun Run, FormPlace Place)> members)
    {
        FormPlace[] places =
        [
            .. members
                .GroupBy(m => (m.Place.Features, m.Place.Hidden, m.Place.Density))
                .OrderBy(g => g.Key)
                .Select(g => new FormPlace(
                    g.Key.Features,
                    g.Key.Hidden,
                    g.Key.Density,
                    g.Count(),
                    Median(g.Select(m => m.Run.ResidualDegrees)),
                    Median(g.Select(m => m.Place.Drift))
                )),
        ];
        FormRun[] nearest =
        [
            .. members
                .Select(m => m.Run)
                .OrderBy(r => double.IsNaN(r.ResidualDegrees) ? double.PositiveInfinity : r.ResidualDegrees)
                .Take(MostRuns),
        ];
        return new FormCard(name, form, form is null ? null : FormProjection.Of(form), members.Count, nearest, places);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }
}

/// <summary>A run that holds a form.</summary>
/// <param name="Run">Its index in the report's runs; −1 where the report has no runs.</param>
/// <param name="Text">What to call it where the report has no runs.</param>
/// <param name="Link">A page that shows it, relative to the report; null for none.</param>
/// <param name="ResidualDegrees">How far it is from the form.</param>
public sealed record FormRun(int Run, string Text, string? Link, double ResidualDegrees);

/// <summary>Runs of one n, m and density that hold a form.</summary>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Density">1 − S; NaN where unknown.</param>
/// <param name="Runs">How many.</param>
/// <param name="ResidualDegrees">Median distance from the form.</param>
/// <param name="Drift">Median place on the form's drift; NaN for a rigid form or where unknown.</param>
public readonly record struct FormPlace(int Features, int Hidden, double Density, int Runs, double ResidualDegrees, double Drift);

/// <summary>The forms of a report.</summary>
/// <param name="Cards">Most frequent first.</param>
/// <param name="IsAtlas">Whether the report is of an atlas rather than of labelled runs.</param>
/// <param name="Origin">Where the atlas comes from; empty for labelled runs.</param>
public sealed record FormAlbum(IReadOnlyList<FormCard> Cards, bool IsAtlas, string Origin)
{
    /// <summary>No forms.</summary>
    public static FormAlbum None { get; } = new([], false, "");
}
