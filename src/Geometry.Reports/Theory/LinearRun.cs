using Geometry.Configurations;
using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Theory;

namespace Geometry.Reports.Theory;

/// <summary>A trained linear model and the critical point nearest to it.</summary>
/// <param name="Run">Index of the run.</param>
/// <param name="Match">The critical point, the distance to it and both losses, which are sums over the features.</param>
public sealed record LinearRun(int Run, LinearMatch Match)
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "linear.csv";

    private static readonly string[] s_columns = ["source", "instance", "subset", "rank", "residual", "loss", "point_loss", "near"];

    /// <summary>Recognises the runs that theory covers and whose weights can be read.</summary>
    internal static IReadOnlyList<LinearRun> Read(
        ResultsReader results,
        LabelledRuns runs,
        Expectations expectations,
        bool tied,
        string? inputs
    )
    {
        var found = new List<LinearRun>();
        using var weights = new WeightReader(results, inputs);
        for (int i = 0; i < runs.Runs.Count; i++)
        {
            StoredRun run = runs.Runs[i];
            if (expectations.Linear(SetUp.Of(run)) is not { } recognition || weights.Read(run) is not { } read)
                continue;
            if (tied)
                found.Add(new LinearRun(i, recognition.Match(read.W, null)));
            else if (Decoder(weights, run) is { } decoder)
                found.Add(new LinearRun(i, recognition.Match(read.W, decoder)));
        }
        return found;
    }

    /// <summary>The decoder; null where it cannot be read or is not finite.</summary>
    private static FeatureConfiguration? Decoder(WeightReader weights, StoredRun run)
    {
        try
        {
            return weights.ReadDecoder(run);
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>
    /// Writes linear.csv: one row per run; losses are per feature, as in weight files, and <c>near</c> is 1 for a run at its critical
    /// point.
    /// </summary>
    /// <param name="linear">The runs.</param>
    /// <param name="runs">All runs, to which the indices refer.</param>
    /// <param name="path">The file.</param>
    public static void Write(IReadOnlyList<LinearRun> linear, LabelledRuns runs, string path)
    {
        ArgumentNullException.ThrowIfNull(linear);
        CsvFile.Write(path, s_columns, csv =>
        {
            foreach ((int index, LinearMatch match) in linear)
            {
                StoredRun run = runs.Runs[index];
                csv.Text(runs.Sources[run.Input]);
                csv.Integer(run.Instance);
                csv.Text(match.Name);
                csv.Integer(match.Groups.Sum(g => g.Taken));
                csv.Number(match.Residual);
                csv.Number(match.Loss / run.Features);
                csv.Number(match.PointLoss / run.Features);
                csv.Integer(match.IsNear ? 1 : 0);
                csv.EndRow();
            }
        });
    }
}
