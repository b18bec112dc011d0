using System.Globalization;
using Geometry.Atlas;
using Geometry.Storage.Results;

namespace Geometry.Reports.Atlas;

/// <summary>Writes atlas.csv (one row per form) and members.csv (one row per run and form that it has).</summary>
public static class AtlasCsv
{
    private static readonly string[] s_columns =
    [
        "name",
        "dim",
        "directions",
        "runs",
        "sweeps",
        "symmetries",
        "orbits",
        "angles_deg",
        "antipodal",
        "tight",
        "design",
        "min_angle_deg",
        "best_code_deg",
        "spread_deg",
        "ground_state",
        "free_parameters",
        "drifts",
        "equiangular",
        "exact_cosines",
        "dimensionalities",
        "thomson_excess",
        "frame_defect",
        "n_min",
        "n_max",
        "m_min",
        "m_max",
        "density_min",
        "density_max",
        "low_loss_share",
        "recurrence_log10_p",
        "defect",
    ];

    /// <summary>Writes atlas.csv; unknown numbers are empty cells.</summary>
    public static void Write(FormAtlas atlas, Stream stream)
    {
        using var csv = new Utf8CsvWriter(stream);
        foreach (string column in s_columns)
            csv.Text(column);
        csv.EndRow();
        foreach (Form form in atlas.Forms)
        {
            FormInvariants i = form.Invariants;
            csv.Text(form.Name);
            csv.Integer(form.Dim);
            csv.Integer(form.Directions);
            csv.Integer(form.Origin?.Runs ?? 0);
            csv.Integer(form.Origin?.Sweeps ?? 0);
            csv.Text(form.Symmetries.ToString(CultureInfo.InvariantCulture));
            csv.Integer(form.OrbitOf.Max() + 1);
            csv.Text(i.AnglesText);
            csv.Integer(i.Antipodal ? 1 : 0);
            csv.Integer(i.Tight ? 1 : 0);
            csv.Integer(i.DesignStrength);
            csv.Number(i.SmallestAngleDegrees);
            csv.Number(i.BestCodeDegrees);
            csv.Number(form.Origin?.SpreadDegrees ?? double.NaN);
            if (form.GroundState is { } ground)
                csv.Integer(ground.Rank);
            else
                csv.Text(form.GroundStateStarts > 0 ? "none" : "");
            Further(csv, form);
            csv.EndRow();
        }
    }

    private static void Further(Utf8CsvWriter csv, Form form)
    {
        FormInvariants i = form.Invariants;
        csv.Integer(i.FreeParameters);
        csv.Integer(form.Drift is null ? 0 : 1);
        csv.Integer(i.Equiangular ? 1 : 0);
        csv.Text(string.Join(' ', i.ExactCosines));
        csv.Text(string.Join(' ', i.Dimensionalities.Select(d => d.ToString("0.######", CultureInfo.InvariantCulture))));
        csv.Number(i.ThomsonExcess);
        csv.Number(i.FrameDefect);
        FormOrigin? o = form.Origin;
        foreach (int? end in (ReadOnlySpan<int?>)[o?.Features.Low, o?.Features.High, o?.Hidden.Low, o?.Hidden.High])
        {
            if (end is { } number)
                csv.Integer(number);
            else
                csv.Empty();
        }
        foreach (
            double number in (ReadOnlySpan<double>)
                [o?.Density.Low ?? double.NaN, o?.Density.High ?? double.NaN, o?.LowLossShare ?? double.NaN, o?.LogRecurrence ?? double.NaN]
        )
            csv.Number(number);
        csv.Text(i.Defect);
    }

    /// <summary>Name of the table of runs.</summary>
    public const string MembersName = "members.csv";

    /// <summary>
    /// Writes members.csv: <c>form,sweep,source,instance,n,m,density,residual_deg,drift,folder</c>, where folder is the path of the
    /// labelled folder relative to that of the atlas.
    /// </summary>
    public static void WriteMembers(IReadOnlyList<FormClass> forms, string atlasFolder, Stream stream)
    {
        using var csv = new Utf8CsvWriter(stream);
        foreach (
            string column in (ReadOnlySpan<string>)
                ["form", "sweep", "source", "instance", "n", "m", "density", "residual_deg", "drift", "folder"]
        )
            csv.Text(column);
        csv.EndRow();
        foreach (FormClass form in forms)
        {
            foreach (FormOccurrence member in form.Members)
            {
                OccurrenceRun run = member.Occurrence.Run;
                csv.Text(form.Form.Name);
                csv.Text(run.Sweep);
                csv.Text(run.Source);
                csv.Integer(run.Instance);
                csv.Integer(run.Features);
                csv.Integer(run.Hidden);
                csv.Number(run.Density);
                csv.Number(member.ResidualDegrees);
                csv.Number(member.Parameter);
                csv.Text(Path.GetRelativePath(atlasFolder, run.Folder).Replace('\\', '/'));
                csv.EndRow();
            }
        }
    }
}
