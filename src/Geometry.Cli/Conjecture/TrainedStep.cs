using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Conjecture;
using Geometry.Storage.Conjecture;
using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Cli.Conjecture;

/// <summary>The request of a command line with <c>--on</c>.</summary>
internal sealed record TrainedRequest(string Folder, string Output, string? WeightsIn, int Draws, int Seed, int Threads);

/// <summary>Tests the direct-sum conjecture on trained models, and prints the table.</summary>
internal static class TrainedStep
{
    private const int MostRows = 30;

    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Run(Streams streams, TrainedRequest request, CancellationToken cancellation)
    {
        LabelledFolder runs = LabelledFolder.Read(request.Folder);
        if (request.WeightsIn is { } instead && !Directory.Exists(instead))
            throw new InputException($"--weights-in {instead}: no such folder");
        if (runs.Inputs.Any(i => !i.SameBuild))
            streams.Message(
                $"warning: {request.Folder} was labelled by another build of this program than the null model is; label again to "
                    + $"compare like with like"
            );
        var files = new LabelledFiles(request.Folder, runs.Locations, request.WeightsIn);
        DirectSumResult result = ProgressBar.Run<double, DirectSumResult>(
            streams,
            "null models",
            share => (share, "null models"),
            (progress, _) => DirectSumJob.Run(runs, files, request.Draws, request.Seed, request.Threads, progress, cancellation)
        );
        foreach (InputFailure failure in result.Failures)
            streams.Message($"{failure.Source}: {failure.Message}");
        string path = DirectSumCsv.Write(request.Output, result);
        if (result.Cells.Count > 0)
            Table(streams.Out, result);
        streams.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"random: {result.Draws} draw{(result.Draws == 1 ? "" : "s")} a run, every learned vector turned at random within "
                    + $"their span; cells are in {path}"
            )
        );
        return result.Failures.Count > 0 ? ExitStatus.Failed : ExitStatus.Done;
    }

    /// <summary>Prints the cells (only the sizes of models when there are too many) and the total.</summary>
    private static void Table(TextWriter writer, DirectSumResult result)
    {
        bool cells = result.Cells.Count <= MostRows;
        var table = new TextTable([
            ">n",
            ">m",
            .. cells ? result.Axes.Select(a => ">" + a) : [],
            ">runs",
            ">≥ 2 summands",
            ">random",
            ">all named",
            ">random",
            ">both",
            ">random",
            ">median defect",
            ">random",
        ]);
        if (cells)
        {
            foreach (DirectSumCell cell in result.Cells)
                table.Add([
                    Number(cell.Features),
                    Number(cell.Hidden),
                    .. cell.Values.Select(Number),
                    .. Numbers(cell.Trained, cell.Random),
                ]);
        }
        else
        {
            foreach (var size in result.Cells.GroupBy(c => (c.Features, c.Hidden)))
                table.Add([
                    Number(size.Key.Features),
                    Number(size.Key.Hidden),
                    .. Numbers(Sum(size.Select(c => c.Trained)), Sum(size.Select(c => c.Random))),
                ]);
        }
        table.Add([
            "all",
            "",
            .. cells ? result.Axes.Select(_ => "") : [],
            .. Numbers(Sum(result.Cells.Select(c => c.Trained)), Sum(result.Cells.Select(c => c.Random))),
        ]);
        table.Write(writer);
        writer.WriteLine();
    }

    private static DirectSumTally Sum(IEnumerable<DirectSumTally> tallies)
    {
        var sum = new DirectSumTally();
        foreach (DirectSumTally tally in tallies)
            sum.Add(tally);
        return sum;
    }

    private static string[] Numbers(DirectSumTally trained, DirectSumTally random) =>
        [
            Number(trained.Runs),
            Share(trained.Decomposed, trained.Runs),
            Share(random.Decomposed, random.Runs),
            Share(trained.Named, trained.Runs),
            Share(random.Named, random.Runs),
            Share(trained.DecomposedAndNamed, trained.Runs),
            Share(random.DecomposedAndNamed, random.Runs),
            Defect(trained),
            Defect(random),
        ];

    private static string Share(int part, int whole) =>
        whole == 0 ? "" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Defect(DirectSumTally tally) =>
        double.IsNaN(tally.MedianDefect) ? "" : tally.MedianDefect.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.######", CultureInfo.InvariantCulture);
}
