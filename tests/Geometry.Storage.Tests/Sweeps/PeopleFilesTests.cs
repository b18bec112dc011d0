using System.Text.Json;
using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

/// <summary>Weight files as people keep them, against what NumPy, PyTorch and h5py say is in them (tools/fixtures/people.py).</summary>
public class PeopleFilesTests
{
    private static readonly JsonDocument s_expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")));

    private static string Folder => Fixtures.Tensors("people");

    public static TheoryData<string> Names => [.. s_expected.RootElement.EnumerateObject().Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_holds_what_its_writer_says_or_is_refused_with_the_option_to_give(string name)
    {
        JsonElement expected = s_expected.RootElement.GetProperty(name);
        string path = Path.Combine(Folder, expected.GetProperty("file").GetString()!);
        JsonElement given = expected.GetProperty("options");
        var options = new SweepFileOptions { Weights = given.TryGetProperty("weights", out JsonElement key) ? key.GetString() : null };
        if (expected.TryGetProperty("refused", out JsonElement words))
        {
            string message = Assert.Throws<InputException>(() => SweepFile.Open(path, options)).Message;
            foreach (JsonElement word in words.EnumerateArray())
                Assert.Contains(word.GetString()!, message, StringComparison.Ordinal);
            return;
        }
        using SweepFile file = SweepFile.Open(path, options);
        double[][][] weights = expected.GetProperty("W").Deserialize<double[][][]>()!;
        Assert.Equal((weights.Length, weights[0].Length, weights[0][0].Length), (file.Instances, file.Features, file.Hidden));
        double[][]? bias = expected.GetProperty("b").Deserialize<double[][]>();
        Assert.Equal(bias is null, file.BiasKey is null);
        for (int run = 0; run < weights.Length; run++)
        {
            FeatureConfiguration w = file.ReadConfiguration(run);
            for (int i = 0; i < w.Features; i++)
                Assert.Equal(weights[run][i], w.Column(i).ToArray());
            Assert.Equal(bias?[run], file.ReadBias(run));
        }
        var columns = expected.GetProperty("columns").Deserialize<Dictionary<string, double[]>>()!;
        Assert.Equal(columns.Keys.Order(StringComparer.Ordinal), file.ParameterNames.Order(StringComparer.Ordinal));
        foreach ((string column, double[] values) in columns)
            Assert.Equal(values, Enumerable.Range(0, weights.Length).Select(run => file.Parameter(column, run)!.Value));
    }
}
