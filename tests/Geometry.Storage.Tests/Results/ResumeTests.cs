using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class ResumeTests
{
    private static readonly LabelJobOptions s_options = new() { Labeller = HandMadeLabels.Of, Threads = 2 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void AnInterruptedJobGoesOnToTheSameBytes(int steps)
    {
        using var folder = new TemporaryFolder();
        NpzFile.WriteSweep(folder["b.npz"], 5, 300, broken: [3, 250]);
        InputFile[] inputs = [.. LabelJobTests.Sweeps(folder, ("a.npz", 1, 40), ("z.npz", 2, 25)), LabelJobTests.Input(folder, "b.npz")];
        LabelJobTests.Run(inputs, folder["whole"], s_options);
        long before = Interrupt(inputs, folder["parts"], steps);
        Assert.InRange(before, 0, 364);
        LabelJobResult rest = LabelJobTests.Run(inputs, folder["parts"], s_options with { Resume = true });
        Assert.Equal(363 - before, rest.Runs);
        LabelJobTests.AssertSameCsv(folder["whole"], folder["parts"]);
        LabelJobResult nothing = LabelJobTests.Run(inputs, folder["parts"], s_options with { Resume = true });
        Assert.Equal((3, 0L), (nothing.Kept, nothing.Runs));
        LabelJobTests.AssertSameCsv(folder["whole"], folder["parts"]);
    }

    [Fact]
    public void ChangedFilesAndNewOnesAreLabelledAndMissingOnesDropped()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = LabelJobTests.Sweeps(folder, ("a.npz", 1, 12), ("b.npz", 2, 8), ("c.npz", 3, 5));
        LabelJobTests.Run(inputs, folder["resumed"], s_options);
        // Same length to the byte, other content.
        NpzFile.WriteSweep(folder["b.npz"], 9, 8);
        NpzFile.WriteSweep(folder["new.npz"], 10, 6);
        InputFile[] now = [LabelJobTests.Input(folder, "new.npz"), inputs[1], inputs[0]];
        LabelJobResult result = LabelJobTests.Run(now, folder["resumed"], s_options with { Resume = true });
        Assert.Equal((1, 14L, 26L), (result.Kept, result.Runs, result.Summary.Runs));
        LabelJobTests.Run(now, folder["fresh"], s_options);
        LabelJobTests.AssertSameCsv(folder["fresh"], folder["resumed"]);
    }

    [Fact]
    public void OtherOptionsRedoEverythingAndOtherThreadsNothing()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = LabelJobTests.Sweeps(folder, ("a.npz", 1, 12));
        LabelJobTests.Run(inputs, folder["out"], s_options);
        Assert.Equal(0, LabelJobTests.Run(inputs, folder["out"], s_options with { Resume = true, Threads = 1 }).Runs);
        LabelJobOptions stricter = s_options with
        {
            Resume = true,
            Label = new() { MinNorm = 0.9 },
        };
        Assert.Equal(12, LabelJobTests.Run(inputs, folder["out"], stricter).Runs);
        stricter = stricter with { Label = stricter.Label with { Route = Geometry.Labels.SummandRoute.Planes } };
        Assert.Equal(12, LabelJobTests.Run(inputs, folder["out"], stricter).Runs);
        Assert.Equal(0, LabelJobTests.Run(inputs, folder["out"], stricter).Runs);
        LabelJobOptions withParameters = stricter with { Parameters = new RunParameters(["lr"], (_, _) => ["0.5"], "1") };
        Assert.Equal(12, LabelJobTests.Run(inputs, folder["out"], withParameters).Runs);
        LabelJobOptions otherParameters = withParameters with { Parameters = new RunParameters(["lr"], (_, _) => ["0.25"], "2") };
        Assert.Equal(12, LabelJobTests.Run(inputs, folder["out"], otherParameters).Runs);
        Assert.All(File.ReadLines(Path.Combine(folder["out"], "labels.csv")).Skip(1), row =>
            Assert.EndsWith(",0.25", row, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void StartingOverKeepsTheOldResultsUntilTheNewAreComplete()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = LabelJobTests.Sweeps(folder, ("a.npz", 1, 200));
        string output = folder["out"],
            previous = Path.Combine(output, "results.previous.sqlite");
        LabelJobTests.Run(inputs, output, s_options);
        string labels = File.ReadAllText(Path.Combine(output, "labels.csv"));
        Interrupt(inputs, output, 2);
        Interrupt(inputs, output, 3);
        Assert.Equal([200L], ResultsDatabaseTests.Query(previous, "SELECT count(*) FROM runs")[0]);
        Assert.Equal(labels, File.ReadAllText(Path.Combine(output, "labels.csv")));
        LabelJobTests.Run(inputs, output, s_options with { Resume = true });
        Assert.Equal(["labels.csv", "results.sqlite", "summands.csv"], Directory.GetFiles(output).Select(Path.GetFileName).Order());
        Assert.Equal(labels, File.ReadAllText(Path.Combine(output, "labels.csv")));
    }

    /// <summary>Cancels after some steps; returns the number of runs that are stored then.</summary>
    private static long Interrupt(InputFile[] inputs, string output, int steps)
    {
        using var cancel = new CancellationTokenSource();
        int seen = 0;
        if (steps == 0)
            cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            LabelJobTests.Run(
                inputs,
                output,
                s_options with
                {
                    Progress = _ =>
                    {
                        if (++seen == steps)
                            cancel.Cancel();
                    },
                },
                cancel.Token
            )
        );
        return (long)ResultsDatabaseTests.Query(Path.Combine(output, "results.sqlite"), "SELECT count(*) FROM runs")[0][0]!;
    }
}
