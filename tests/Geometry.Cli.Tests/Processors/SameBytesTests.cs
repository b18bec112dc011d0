using System.Runtime.Intrinsics;
using Geometry.Cli.Tests.Cluster;
using Geometry.Cli.Tests.RepositoryRules;
using Xunit;

namespace Geometry.Cli.Tests.Processors;

/// <summary>
/// The command in processes that act as processors with fewer instructions, the C library's included: every file it writes, but the database and the report, has
/// the same bytes.
/// </summary>
public sealed class SameBytesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-bytes-").FullName;

    /// <summary>On a processor without AVX-512 there is none to leave out.</summary>
    private static readonly Dictionary<string, string>[] s_processors =
    [
        .. Vector512.IsHardwareAccelerated ? new[] { new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0", ["DOTNET_EnableAVX512F"] = "0" } } : [],
        new() { ["DOTNET_EnableAVX2"] = "0" },
        new() { ["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable" },
        new() { ["DOTNET_EnableHWIntrinsic"] = "0" },
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("run", "{ features: 5, hidden: 2, activation: relu, tied: true, bias: true }", "[1, 0.05]", "none", "adamw")]
    [InlineData("train", "{ features: 4, hidden: 2, activation: swish, gamma: 10, tied: false, bias: true }", "0.2", "{ correlated: 2 }", "sgd")]
    public void ASweep(string verb, string model, string density, string groups, string optimizer)
    {
        string spec = Path.Combine(_folder, "spec.yaml");
        File.WriteAllText(spec, $$"""
            name: bytes
            model: {{model}}
            data: { density: {{density}}, importance: { decay: 0.9 }, groups: {{groups}} }
            train: { optimizer: {{optimizer}}, learning_rate: 1e-2, schedule: cosine, batch: 200, steps: 150 }
            seeds: 1
            """);
        AssertSame(verb, spec);
    }

    [Fact]
    public void LabelsOfTrainedWeights() =>
        AssertSame("label", Path.Combine(Repository.Root, "fixtures", "sweeps", "n20_m5.npz"));

    [Fact]
    public void PlanesOfADictionary()
    {
        // Sums that are turned and noisy, in more dimensions than they take, among features of their own.
        string dictionary = Path.Combine(_folder, "dictionary.npz");
        CommandRun made = Shell.Run(_folder, new Dictionary<string, string>(), "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "geometry.dll"), "synth", "tetrahedron + pentagon + hexagon + 40 dedicated", "--hidden", "70", "--sigma", "0.05", "--seed", "3", "--out", dictionary]);
        Assert.True(made.Status == 0, made.Error);
        AssertSame("planes", dictionary);
    }

    private void AssertSame(string verb, params string[] inputs)
    {
        SortedDictionary<string, string> expected = Results(0, [], verb, inputs);
        Assert.Contains(verb switch { "train" => "training.yaml", "planes" => "planes.csv", _ => "labels.csv" }, expected.Keys);
        for (int p = 0; p < s_processors.Length; p++)
        {
            SortedDictionary<string, string> found = Results(p + 1, s_processors[p], verb, inputs);
            Assert.Equal(expected.Keys, found.Keys);
            Assert.All(expected, file => Assert.True(file.Value == found[file.Key], $"{file.Key} has other bytes under {string.Join(", ", s_processors[p])}"));
        }
    }

    private SortedDictionary<string, string> Results(int number, Dictionary<string, string> environment, string verb, string[] inputs)
    {
        string output = Path.Combine(_folder, $"{number}");
        CommandRun run = Shell.Run(_folder, environment, "dotnet", [Path.Combine(AppContext.BaseDirectory, "geometry.dll"), verb, .. inputs, "--out", output]);
        Assert.True(run.Status == 0, run.Error);
        return Shell.Results(output);
    }
}
