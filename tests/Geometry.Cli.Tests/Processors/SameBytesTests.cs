using System.Collections.Concurrent;
using Geometry.Cli.Tests.Cluster;
using Geometry.Cli.Tests.RepositoryRules;
using Xunit;

namespace Geometry.Cli.Tests.Processors;

/// <summary>
/// The command in processes that act as processors with fewer instructions, the C library's included: every file it writes, but the
/// database and the report, has the same bytes.
/// </summary>
public sealed class SameBytesTests(SameBytesTests.Expected expected) : IClassFixture<SameBytesTests.Expected>
{
    [Theory]
    [Processor(ProcessorAttribute.WithoutAvx512)]
    [Processor(ProcessorAttribute.WithoutAvx2)]
    [Processor(ProcessorAttribute.WithoutLibraryVariants)]
    [Processor(ProcessorAttribute.WithoutVectors)]
    public void ASweepOfTiedModels(string processor) =>
        AssertSame(
            processor,
            "labels.csv",
            "run",
            expected.Spec("tied.yaml", "{ features: 5, hidden: 2, activation: relu, tied: true, bias: true }", "[1, 0.05]", "none", "adamw")
        );

    [Theory]
    [Processor(ProcessorAttribute.WithoutAvx512)]
    [Processor(ProcessorAttribute.WithoutAvx2)]
    [Processor(ProcessorAttribute.WithoutLibraryVariants)]
    [Processor(ProcessorAttribute.WithoutVectors)]
    public void ASweepOfUntiedModels(string processor) =>
        AssertSame(
            processor,
            "training.yaml",
            "train",
            expected.Spec(
                "untied.yaml",
                "{ features: 4, hidden: 2, activation: swish, gamma: 10, tied: false, bias: true }",
                "0.2",
                "{ correlated: 2 }",
                "sgd"
            )
        );

    [Theory]
    [Processor(ProcessorAttribute.WithoutAvx512)]
    [Processor(ProcessorAttribute.WithoutAvx2)]
    [Processor(ProcessorAttribute.WithoutLibraryVariants)]
    [Processor(ProcessorAttribute.WithoutVectors)]
    public void LabelsOfTrainedWeights(string processor) =>
        AssertSame(processor, "labels.csv", "label", Path.Combine(Repository.Root, "fixtures", "sweeps", "n20_m5.npz"));

    [Theory]
    [Processor(ProcessorAttribute.WithoutAvx512)]
    [Processor(ProcessorAttribute.WithoutAvx2)]
    [Processor(ProcessorAttribute.WithoutLibraryVariants)]
    [Processor(ProcessorAttribute.WithoutVectors)]
    public void PlanesOfADictionary(string processor) => AssertSame(processor, "planes.csv", "planes", expected.Dictionary);

    /// <summary>If the runtime no longer knew a variable by its name, the test would compare this machine with itself.</summary>
    [Theory]
    [Processor(ProcessorAttribute.WithoutAvx512)]
    [Processor(ProcessorAttribute.WithoutAvx2)]
    [Processor(ProcessorAttribute.WithoutVectors)]
    public void TheProcessorIsActed(string processor) =>
        Assert.DoesNotContain(
            processor == ProcessorAttribute.WithoutAvx512 ? "AVX-512" : "AVX",
            expected.Version(ProcessorAttribute.Environment(processor))
        );

    private void AssertSame(string processor, string contains, string verb, string input)
    {
        SortedDictionary<string, string> here = expected.Of(verb, input),
            there = expected.Run(ProcessorAttribute.Environment(processor), verb, input);
        Assert.Contains(contains, here.Keys);
        Assert.Equal(here.Keys, there.Keys);
        Assert.All(here, file => Assert.True(file.Value == there[file.Key], $"{file.Key} has other bytes {processor}"));
    }

    /// <summary>The inputs, and what this machine makes of each, once.</summary>
    public sealed class Expected : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("geometry-bytes-").FullName;
        private readonly ConcurrentDictionary<(string Verb, string Input), SortedDictionary<string, string>> _here = new();
        private int _runs;

        /// <summary>Sums that are turned and noisy, in more dimensions than they take, among features of their own.</summary>
        public string Dictionary
        {
            get
            {
                string path = Path.Combine(_folder, "dictionary.npz");
                if (!File.Exists(path))
                    Command(
                        [],
                        "synth",
                        "tetrahedron + pentagon + hexagon + 40 dedicated",
                        "--hidden",
                        "70",
                        "--sigma",
                        "0.05",
                        "--seed",
                        "3",
                        "--out",
                        path
                    );
                return path;
            }
        }

        public string Spec(string name, string model, string density, string groups, string optimizer)
        {
            string spec = Path.Combine(_folder, name);
            File.WriteAllText(
                spec,
                $$"""
                name: bytes
                model: {{model}}
                data: { density: {{density}}, importance: { decay: 0.9 }, groups: {{groups}} }
                train: { optimizer: {{optimizer}}, learning_rate: 1e-2, schedule: cosine, batch: 200, steps: 150 }
                seeds: 1
                """
            );
            return spec;
        }

        public SortedDictionary<string, string> Of(string verb, string input) => _here.GetOrAdd((verb, input), _ => Run([], verb, input));

        public SortedDictionary<string, string> Run(Dictionary<string, string> environment, string verb, string input)
        {
            string output = Path.Combine(_folder, $"{_runs++}");
            Command(environment, verb, input, "--out", output);
            return Shell.Results(output);
        }

        public string Version(Dictionary<string, string> environment)
        {
            CommandRun run = Shell.Run(_folder, environment, "dotnet", [Path.Combine(AppContext.BaseDirectory, "geometry.dll"), "version"]);
            Assert.True(run.Status == 0, run.Error);
            return run.Out;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private void Command(Dictionary<string, string> environment, params string[] words)
        {
            CommandRun run = Shell.Run(_folder, environment, "dotnet", [Path.Combine(AppContext.BaseDirectory, "geometry.dll"), .. words]);
            Assert.True(run.Status == 0, run.Error);
        }
    }
}
