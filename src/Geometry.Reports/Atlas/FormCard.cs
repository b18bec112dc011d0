using Geometry.Atlas;

namespace Geometry.Reports.Atlas;

/// <summary>The card of a form in a report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">The form; null where no atlas that was read has it.</param>
/// <param name="Picture">The form in three coordinates; null without the form.</param>
/// <param name="RunCount">Number of runs that have it.</param>
/// <param name="Runs">Some of these runs, nearest to the form first.</param>
/// <param name="Places">Where these runs are in their sweeps, by n, m and density.</param>
public sealed record FormCard(
    string Name,
    Form? Form,
    FormProjection? Picture,
    int RunCount,
    IReadOnlyList<FormRun> Runs,
    IReadOnlyList<FormPlace> Places
)
{
    /// <summary>Largest number of runs named on a card.</summary>
    internal const int MostRuns = 12;

    /// <summary>Makes the card of a form from all runs that have it.</summary>
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

/// <summary>A run that has a form.</summary>
/// <param name="Run">Its index in the report's runs; −1 where the report has no runs.</param>
/// <param name="Text">Its name, in a report without runs.</param>
/// <param name="Link">A page that shows the run, relative to the report; null for none.</param>
/// <param name="ResidualDegrees">Its distance from the form.</param>
public sealed record FormRun(int Run, string Text, string? Link, double ResidualDegrees);

/// <summary>Runs of one n, m and density that have a form.</summary>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Density">1 − S; NaN where unknown.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="ResidualDegrees">Their median distance from the form.</param>
/// <param name="Drift">Their median position on the form's drift; NaN for a rigid form, or where unknown.</param>
public readonly record struct FormPlace(int Features, int Hidden, double Density, int Runs, double ResidualDegrees, double Drift);

/// <summary>The forms of a report.</summary>
/// <param name="Cards">Most frequent first.</param>
/// <param name="IsAtlas">Whether the report shows an atlas and not labelled runs.</param>
/// <param name="Origin">The origin of the atlas; empty for labelled runs.</param>
public sealed record FormAlbum(IReadOnlyList<FormCard> Cards, bool IsAtlas, string Origin)
{
    /// <summary>No forms.</summary>
    public static FormAlbum None { get; } = new([], false, "");
}
