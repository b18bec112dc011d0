using Geometry.Reports.Gallery;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Tests.Shared;
using Xunit;

namespace Geometry.Reports.Tests.Gallery;

public sealed class WeightReaderTests
{
    [UnixFact]
    public void AFileMayBeCalledAnything()
    {
        using LabelledFolder folder = LabelledFolder.Of(("poster_n5_m2_s0.npz", "a\\b #?%41.npz"));
        using ResultsReader results = ResultsReader.Open(folder.Path);
        using var reader = new WeightReader(results, null);
        Assert.All(results.ReadRuns(), run => Assert.NotNull(reader.Read(run)));
        Assert.Empty(reader.Problems);
    }

    [Theory]
    [InlineData("enc")]
    [InlineData("dec")]
    public void OfAnUntiedModelTheMatrixIsDrawnThatWasLabelled(string key)
    {
        var options = new SweepFileOptions { Weights = key };
        using LabelledFolder folder = LabelledFolder.Of(options, ("tensors/untied.safetensors", "u.safetensors"));
        using SweepFile file = SweepFile.Open(folder["in/u.safetensors"], options);
        using ResultsReader results = ResultsReader.Open(folder.Path);
        using var reader = new WeightReader(results, null);
        Assert.Equal(
            file.ReadConfiguration(0).Columns.ToArray(),
            reader.Read(Assert.Single(results.ReadRuns()))!.Value.W.Columns.ToArray()
        );
    }
}
