using System.Diagnostics;

namespace Geometry.Fuzz;

/// <summary>
/// Every verb, killed at a random moment by KILL, TERM or INT, then run again, with --resume where it has one: the results have the bytes
/// of a run that nobody disturbed. An interrupted one ends within a second, with status 130; where more programs want to run than there are
/// processors, times are noted and not judged.
/// </summary>
internal static class KillCampaign
{
    private static readonly TimeSpan s_due = TimeSpan.FromSeconds(1);
    private static readonly string[] s_signals = ["KILL", "INT", "TERM"];

    private const string Spec = """
        name: kills
        model: { features: 5, hidden: 2 }
        data: { density: { logspace: [1, 0.01, 12] }, importance: { decay: 0.9 } }
        train: { steps: 400, batch: 256, checkpoints: 3 }
        seeds: 4

        """;

    private const string Sums = "formulas: [pentagon + triangle, 2 antipode]\nsigmas: [0.01, 0.03, 0.1]\ntrials: 60\nseed: 1\n";

    public static void Run(Campaign campaign, long count, int seed)
    {
        string inputs = Path.Combine(campaign.Scratch, "inputs");
        Directory.CreateDirectory(Path.Combine(inputs, "sums"));
        File.WriteAllText(Path.Combine(inputs, "spec.yaml"), Spec);
        File.WriteAllText(Path.Combine(inputs, "sums.yaml"), Sums);
        foreach (int k in (int[])[0, 1, 2])
            Require(
                inputs,
                "synth",
                "pentagon + 2 antipode",
                "--count",
                "300",
                "--sigma",
                "0.05",
                "--seed",
                $"{k}",
                "--out",
                $"sums/{k}.npz"
            );
        Require(inputs, "synth", "60 pentagon + 60 triangle", "--sigma", "0.05", "--noise-in", "ambient", "--out", "dictionary.npz");
        Require(inputs, "label", "sums", "--out", "labelled");
        Require(inputs, "train", "spec.yaml", "--out", "part1", "--shard", "1/2");
        Require(inputs, "train", "spec.yaml", "--out", "part2", "--shard", "2/2");
        Require(inputs, "train", "spec.yaml", "--out", "trained");
        Require(inputs, "label", "trained", "--out", "measured");
        Subject[] subjects =
        [
            new("label", "inputs/sums", "--out", "X") { Resume = "--resume" },
            new("train", "inputs/spec.yaml", "--out", "X") { Resume = "--resume" },
            new("run", "inputs/spec.yaml", "--out", "X") { Resume = "--resume" },
            new("conjecture", "inputs/sums.yaml", "--out", "X") { Resume = "--resume" },
            // Once it is done it refuses to be done again: sweep.yaml comes last.
            new("merge", "inputs/part1", "inputs/part2", "--out", "X") { Last = "sweep.yaml" },
            new("synth", "2 pentagon + square-antiprism", "--count", "3000", "--sigma", "0.1", "--out", "X/sums.npz")
            {
                NeedsFolder = true,
            },
            new("theory", "ground-states", "--hidden", "2", "--features", "5", "--starts", "100", "--out", "X/states.csv")
            {
                NeedsFolder = true,
            },
            new(
                "theory",
                "u-and",
                "--neurons",
                "250,1000,4000",
                "--features",
                "20",
                "--readoff",
                "constructed,affine",
                "--out",
                "X/u-and.csv"
            )
            {
                NeedsFolder = true,
            },
            new("planes", "inputs/dictionary.npz", "--max-plane-dim", "4", "--out", "X"),
            new("phase", "X") { From = "labelled" },
            new("report", "X", "--figures", "X/figures", "--inputs", "inputs/sums") { From = "labelled" },
            new("measure", "X", "--what", "topology,arrangement,codes", "--inputs", "inputs/sums")
            {
                From = "labelled",
                Resume = "--resume",
            },
            new(
                "measure",
                "X",
                "--what",
                "llc,loss,dynamics,perturbation",
                "--draws",
                "100",
                "--burn-in",
                "50",
                "--inputs",
                "inputs/trained"
            )
            {
                From = "measured",
                Resume = "--resume",
            },
            new("atlas", "inputs/labelled", "--all", "--starts", "0", "--out", "X"),
        ];
        foreach (Subject subject in subjects)
            subject.Prepare(campaign.Scratch);
        var random = new Random(seed);
        for (long k = 0; k < count; k++)
        {
            Subject subject = subjects[k % subjects.Length];
            string what = FormattableString.Invariant($"{subject.Name}, round {k}");
            subject.Begin(campaign.Scratch);
            int kills = random.Next(1, 4);
            for (int kill = 0; kill < kills; kill++)
            {
                if (subject.IsDone(campaign.Scratch))
                    break;
                string signal = s_signals[random.Next(s_signals.Length)];
                bool again =
                    kill > 0
                    && subject.Resume is not null
                    && Directory.Exists(Path.Combine(campaign.Scratch, "X"))
                    && subject.Resumes(campaign.Scratch);
                using Process process = Command.Start(campaign.Scratch, subject.Words(again));
                Task<string> output = process.StandardOutput.ReadToEndAsync(),
                    error = process.StandardError.ReadToEndAsync();
                Thread.Sleep(150 + (int)(random.NextDouble() * subject.Took.TotalMilliseconds));
                if (signal != "KILL")
                    Command.AwaitHandlers(process);
                long start = Stopwatch.GetTimestamp();
                if (!process.HasExited)
                    Command.Signal(process, signal);
                bool ended = process.WaitForExit(TimeSpan.FromSeconds(30));
                TimeSpan took = Stopwatch.GetElapsedTime(start);
                if (!ended)
                {
                    process.Kill();
                    campaign.Fail($"{what}, {signal}: it did not end");
                }
                process.WaitForExit();
                Task.WaitAll(output, error);
                if (Command.IsUnexpected(error.Result))
                    campaign.Fail($"{what}, {signal}: it said {error.Result}");
                if (signal != "KILL" && process.ExitCode is not (0 or 130))
                    campaign.Fail($"{what}, {signal}: status {process.ExitCode}: {error.Result}");
                if (took > s_due + s_due && !Command.MachineIsBusy())
                    campaign.Fail(FormattableString.Invariant($"{what}, {signal}: ended after {took.TotalSeconds:0.0} s"));
                else if (took > s_due)
                    campaign.Note($"late ({signal}), the machine busy or nearly");
            }
            (int status, string said) = subject.IsDone(campaign.Scratch)
                ? (subject.Status, "")
                : Command.Run(campaign.Scratch, subject.Words(subject.Resume is not null && subject.Resumes(campaign.Scratch)));
            if (status != subject.Status)
                campaign.Fail($"{what}: afterwards status {status}, expected {subject.Status}: {said}");
            else if (!Command.Results(Path.Combine(campaign.Scratch, "X")).SequenceEqual(subject.Expected))
                campaign.Fail($"{what}: afterwards other results");
            campaign.Count(subject.Name);
        }
    }

    private static void Require(string folder, params string[] args)
    {
        (int status, string error) = Command.Run(folder, args);
        if (status != 0)
            throw new InvalidOperationException($"{string.Join(' ', args)}: {error}");
    }

    /// <summary>A command line, its results and how long it takes.</summary>
    private sealed class Subject(params string[] words)
    {
        public string Name => words[0] == "theory" ? $"theory {words[1]}" : words[0];

        /// <summary>The option with which it goes on; null for a verb that starts over.</summary>
        public string? Resume { get; init; }

        /// <summary>The folder of the inputs that X starts as a copy of; null for none.</summary>
        public string? From { get; init; }

        /// <summary>The file of X that is written last, by a verb that is not to be repeated; null for others.</summary>
        public string? Last { get; init; }

        /// <summary>Whether X must be there already.</summary>
        public bool NeedsFolder { get; init; }

        public int Status { get; private set; }

        public TimeSpan Took { get; private set; }

        public SortedDictionary<string, string> Expected { get; private set; } = [];

        public string[] Words(bool again) => again ? [.. words, Resume!] : words;

        public bool Resumes(string scratch) => words[0] is not ("train" or "run") || File.Exists(Path.Combine(scratch, "X", "sweep.yaml"));

        public bool IsDone(string scratch) => Last is not null && File.Exists(Path.Combine(scratch, "X", Last));

        public void Prepare(string scratch)
        {
            Begin(scratch);
            long start = Stopwatch.GetTimestamp();
            (Status, string error) = Command.Run(scratch, words);
            Took = Stopwatch.GetElapsedTime(start);
            if (Status > 1)
                throw new InvalidOperationException($"{Name}: {error}");
            if (error.Length > 0)
                Console.WriteLine($"kills: {Name} says: {error.Trim().Split('\n')[0]}");
            Expected = Command.Results(Path.Combine(scratch, "X"));
            if (Expected.Count == 0)
                throw new InvalidOperationException($"{Name}: it left no results");
        }

        /// <summary>A fresh folder X, with a copy of what the verb starts from.</summary>
        public void Begin(string scratch)
        {
            string path = Path.Combine(scratch, "X");
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            if (NeedsFolder || From is not null)
                Directory.CreateDirectory(path);
            if (From is null)
                return;
            foreach (string file in Directory.GetFiles(Path.Combine(scratch, "inputs", From)))
                File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
        }
    }
}
