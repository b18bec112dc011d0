using Geometry.Training;
using Xunit;

namespace Geometry.Cli.Tests.Robustness;

public sealed class InterruptionTests : IDisposable
{
    private const string Small =
        "name: small\nmodel: { features: 3, hidden: 2 }\ndata: { density: 0.1 }\ntrain: { steps: 1, batch: 32 }\nseeds: 3\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The engine does not stop until the command has ended, and the command ends nevertheless.</summary>
    [Fact]
    public async Task AVerbThatDoesNotLookIsLeftBehind()
    {
        string spec = Path.Combine(_folder, "small.yaml");
        await File.WriteAllTextAsync(spec, Small);
        using var stuck = new StuckTrainer();
        using var interruption = new CancellationTokenSource();
        Task<CommandRun> run = CommandRun.Until(stuck, interruption.Token, "train", spec, "--out", Path.Combine(_folder, "out"));
        await stuck.Started;
        await interruption.CancelAsync();
        CommandRun ended = await run;
        Assert.Equal((130, "", "geometry: interrupted; what was stored before is kept\n"), (ended.Status, ended.Out, ended.Error));
        stuck.Release();
        await stuck.Ended;
    }

    private sealed class StuckTrainer : ITrainer, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously),
            _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        public Task Ended => _ended.Task;

        public void Train(
            IReadOnlyList<TrainingRun> runs,
            Action<TrainedRun> finished,
            Action<long> stepsDone,
            CancellationToken cancellation
        )
        {
            _started.SetResult();
            _released.Wait(CancellationToken.None);
            _ended.SetResult();
            throw new OperationCanceledException(cancellation);
        }

        public void Release() => _released.Set();

        public void Dispose() { }
    }
}
