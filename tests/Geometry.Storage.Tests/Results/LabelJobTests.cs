using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Tests.Shared;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class LabelJobTests
{
    private static readonly LabelJobOptions s_options = new() { Labeller = HandMadeLabels.Of, Threads = 2 };

    [Fact]
    public void LabelsEveryRunInInputOrder()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = Sweeps(folder, ("b.npz", 1, 30), ("a.npz", 2, 7));
        LabelJobResult result = Run(inputs, folder["out"], s_options);
        Assert.Equal((2, 0, 37L, 37L, 0L), (result.Inputs, result.Kept, result.Runs, result.Summary.Runs, result.Summary.Failures));
        string[] rows = File.ReadAllLines(Path.Combine(folder["out"], "labels.csv"));
        Assert.Equal(string.Join(',', RunColumns.Labels), rows[0]);
        Assert.Equal(
            Enumerable.Range(0, 30).Select(i => $"b.npz,{i},5,2,").Concat(Enumerable.Range(0, 7).Select(i => $"a.npz,{i},5,2,")),
            rows[1..].Select(r => string.Join(',', r.Split(',')[..4]) + ",")
        );
        Assert.Equal(string.Join(',', ResultsSchema.SummandColumns), File.ReadLines(Path.Combine(folder["out"], "summands.csv")).First());
        Assert.Equal(["labels.csv", "results.sqlite", "summands.csv"], Directory.GetFiles(folder["out"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void BytesDoNotDependOnTheNumberOfThreads()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = Sweeps(folder, ("a.npz", 1, 400), ("b.npz", 2, 3), ("c.npz", 3, 0), ("d.npz", 4, 90));
        Run(inputs, folder["one"], s_options with { Threads = 1 });
        Run(inputs, folder["five"], s_options with { Threads = 5 });
        AssertSameCsv(folder["one"], folder["five"]);
    }

    [Fact]
    public void OneBadInstanceFailsAloneAndOneBadFileToo()
    {
        using var folder = new TemporaryFolder();
        NpzFile.WriteSweep(folder["a.npz"], 1, 6, broken: [2, 5]);
        File.WriteAllText(folder["b.npz"], "no archive");
        NpzFile.WriteSweep(folder["c.npz"], 2, 4);
        var failures = new List<InputFailure>();
        InputFile[] inputs =
        [
            Input(folder, "a.npz"),
            Input(folder, "b.npz"),
            new(folder["gone"], "gone") { Failure = "no such file" },
            Input(folder, "c.npz"),
        ];
        LabelJobResult result = Run(inputs, folder["out"], s_options with { Failed = failures.Add });
        Assert.Equal([("a.npz", 2), ("a.npz", 5), ("b.npz", null), ("gone", (int?)null)], failures.Select(f => (f.Source, f.Instance)));
        Assert.All(failures, f => Assert.DoesNotContain('\n', f.Message));
        Assert.Equal((8L, 4L), (result.Summary.Runs, result.Summary.Failures));
        var again = new List<InputFailure>();
        LabelJobResult resumed = Run(inputs, folder["out"], s_options with { Failed = again.Add, Resume = true });
        Assert.Equal(failures, again);
        Assert.Equal((2, 0L, 4L), (resumed.Kept, resumed.Runs, resumed.Summary.Failures));
    }

    [UnixFact("mkfifo")]
    public async Task ANamedPipeFailsInsteadOfWaitingForItsWriter()
    {
        using var folder = new TemporaryFolder();
        using (var make = System.Diagnostics.Process.Start("mkfifo", [folder["pipe.npz"]]))
            await make.WaitForExitAsync();
        File.CreateSymbolicLink(folder["link.npz"], folder["pipe.npz"]);
        var failures = new List<InputFailure>();
        await Task.Run(() =>
                Run([Input(folder, "pipe.npz"), Input(folder, "link.npz")], folder["out"], s_options with { Failed = failures.Add })
            )
            .WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["the file is empty", "the file is empty"], failures.Select(f => f.Message));
    }

    [Fact]
    public void AnUnexpectedErrorFailsOneRun()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = Sweeps(folder, ("a.npz", 1, 9));
        int calls = 0;
        var failures = new List<InputFailure>();
        LabelJobResult result = Run(
            inputs,
            folder["out"],
            s_options with
            {
                Failed = failures.Add,
                Labeller = (w, o) =>
                    Interlocked.Increment(ref calls) == 4 ? throw new InvalidOperationException("two\nlines") : HandMadeLabels.Of(w, o),
            }
        );
        Assert.Equal("unexpected InvalidOperationException: two lines", Assert.Single(failures).Message);
        Assert.Equal(8, result.Runs);
    }

    [Fact]
    public void ADecompositionThatDoesNotConvergeFailsOneRunInOneLine()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = Sweeps(folder, ("a.npz", 1, 9));
        int calls = 0;
        var failures = new List<InputFailure>();
        LabelJobResult result = Run(
            inputs,
            folder["out"],
            s_options with
            {
                Threads = 1,
                Failed = failures.Add,
                Labeller = (w, o) =>
                    Interlocked.Increment(ref calls) == 4
                        ? throw new Geometry.LinearAlgebra.ConvergenceException("eigenvalues", 12, "40 sweeps", 1.5e-3)
                        : HandMadeLabels.Of(w, o),
            }
        );
        Assert.Equal(
            new InputFailure("a.npz", 3, "eigenvalues of 12 rows did not converge in 40 sweeps: 1.5e-3 is left off the diagonal"),
            Assert.Single(failures)
        );
        Assert.Equal((8L, 1L), (result.Runs, result.Summary.Failures));
    }

    [Fact]
    public void TwoFilesWithOneNameAreRefusedBeforeAnythingIsWritten()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = [new(folder["x/w.npz"], "w.npz"), new(folder["y/w.npz"], "w.npz")];
        Assert.Contains(
            "'w.npz'",
            Assert.Throws<InputException>(() => Run(inputs, folder["out"], s_options)).Message,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(folder["out"], "results.sqlite")));
    }

    [Fact]
    public void ARepeatedInputLeavesTheResultsOfTheFirst()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = [.. Sweeps(folder, ("a.npz", 1, 5)), Input(folder, "a.npz") with { Failure = "the file is given twice" }];
        foreach (bool resume in new[] { false, true })
        {
            LabelJobResult result = Run(inputs, folder["out"], s_options with { Resume = resume });
            Assert.Equal((5L, 1L), (result.Summary.Runs, result.Summary.Failures));
        }
    }

    [Fact]
    public void FurtherParametersAreColumnsAndTakePrecedence()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = Sweeps(folder, ("a.npz", 1, 2));
        ParameterTable table = ParameterTable.Parse("instance,source,group,seed,lr\n1,a.npz,\"x,y\",77,1e-3\n0,a.npz,007,,\n");
        Run(inputs, folder["out"], s_options with { Parameters = new RunParameters(table.Columns, table.Find, "1") });
        string[] rows = File.ReadAllLines(Path.Combine(folder["out"], "labels.csv"));
        Assert.EndsWith(",orthogonality_defect,weights,group,lr", rows[0], StringComparison.Ordinal);
        Assert.EndsWith(",007,", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",\"x,y\",0.001", rows[2], StringComparison.Ordinal);
        Assert.Equal(["0", "77"], rows[1..].Select(r => r.Split(',')[6]));
    }

    [Theory]
    [InlineData("formula")]
    [InlineData("Rank")]
    public void FurtherParametersMayNotTakeAColumnsName(string name)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InputException>(() =>
            Run([], folder["out"], s_options with { Parameters = new RunParameters([name], (_, _) => null, "1") })
        );
    }

    internal static InputFile Input(TemporaryFolder folder, string name) => new(folder[name], name);

    internal static InputFile[] Sweeps(TemporaryFolder folder, params (string Name, int Seed, int Instances)[] sweeps)
    {
        foreach ((string name, int seed, int instances) in sweeps)
            NpzFile.WriteSweep(folder[name], seed, instances);
        return [.. sweeps.Select(s => Input(folder, s.Name))];
    }

    internal static LabelJobResult Run(
        IReadOnlyList<InputFile> inputs,
        string output,
        LabelJobOptions options,
        CancellationToken cancellation = default
    )
    {
        using OutputFolder folder = OutputFolder.Open(output);
        return LabelJob.Run(inputs, folder, options, cancellation);
    }

    internal static void AssertSameCsv(string expected, string actual)
    {
        foreach (string name in new[] { "labels.csv", "summands.csv" })
            Assert.Equal(File.ReadAllText(Path.Combine(expected, name)), File.ReadAllText(Path.Combine(actual, name)));
    }
}
