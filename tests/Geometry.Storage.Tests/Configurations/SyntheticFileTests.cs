using System.Text;
using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Storage.Configurations;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Storage.Tests.Configurations;

public sealed class SyntheticFileTests : IDisposable
{
    private static readonly SyntheticOptions s_options = new()
    {
        Sigma = 0.02,
        Hidden = 5,
        Features = 9,
        NormSpread = 0.1,
        ObliqueDegrees = 80,
        Seed = 7,
    };
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-synth-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_as_it_was_made()
    {
        Formula formula = FormulaParser.Parse("pentagon + antipode");
        SyntheticFile.Write(At("a.npz"), formula, s_options, 3);
        using SweepFile file = SweepFile.Open(At("a.npz"), new SweepFileOptions());
        Assert.Equal((3, 5, 9), (file.Instances, file.Hidden, file.Features));
        Assert.Equal(["seed", "sigma", "norm_spread", "oblique_deg"], file.ParameterNames);
        Assert.Equal(
            (7.0, 0.02, 80.0),
            (file.Parameter("seed", 2)!.Value, file.Parameter("sigma", 2)!.Value, file.Parameter("oblique_deg", 2)!.Value)
        );
        for (int i = 0; i < 3; i++)
        {
            FeatureConfiguration made = SyntheticSum.Make(SyntheticParts.Of(formula), s_options, i).Configuration,
                read = file.ReadConfiguration(i);
            for (int k = 0; k < made.Columns.Length; k++)
                Assert.Equal((double)(float)made.Columns[k], read.Columns[k]);
        }
    }

    [Fact]
    public void Square_weights_need_no_layout()
    {
        SyntheticFile.Write(At("square.npz"), FormulaParser.Parse("3 dedicated"), new SyntheticOptions(), 1);
        using SweepFile file = SweepFile.Open(At("square.npz"), new SweepFileOptions());
        Assert.Equal("3 dedicated", LabelPipeline.Label(file.ReadConfiguration(0), new LabelOptions()).Formula);
    }

    [Fact]
    public void Formula_and_partition_are_arrays_that_need_no_pickle()
    {
        Formula formula = FormulaParser.Parse("octahedron + pentagon");
        SyntheticFile.Write(At("a.npz"), formula, new SyntheticOptions { Features = 12, Seed = 1 }, 2);
        using TensorFile file = TensorFile.Open(At("a.npz"));
        TensorEntry summand = file.Entries.Single(e => e.Key == "summand");
        Assert.Equal(ElementType.Int64, summand.Type);
        Assert.Equal([2, 12], summand.Shape);
        // numpy: '<U21' without axes, four bytes a character.
        string text = "pentagon + 3 antipode";
        byte[] bytes = File.ReadAllBytes(At("a.npz"));
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF32.GetBytes(text)) > 0);
        Assert.True(
            bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("'descr': '<U" + text.Length + "', 'fortran_order': False, 'shape': ()")) > 0
        );
    }

    [Fact]
    public void Equal_arguments_make_equal_bytes_and_other_seeds_others()
    {
        Formula formula = FormulaParser.Parse("pentagon + antipode");
        SyntheticFile.Write(At("a.npz"), formula, s_options, 4);
        SyntheticFile.Write(At("b.npz"), formula, s_options, 4);
        SyntheticFile.Write(At("c.npz"), formula, s_options with { Seed = 8 }, 4);
        Assert.Equal(File.ReadAllBytes(At("a.npz")), File.ReadAllBytes(At("b.npz")));
        Assert.NotEqual(File.ReadAllBytes(At("a.npz")), File.ReadAllBytes(At("c.npz")));
    }

    [Fact]
    public void A_file_that_cannot_be_finished_leaves_the_earlier_one()
    {
        File.WriteAllText(At("a.npz"), "earlier");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            SyntheticFile.Write(At("a.npz"), FormulaParser.Parse("pentagon"), new SyntheticOptions(), 3, cancellation: cancelled.Token)
        );
        Assert.Equal("earlier", File.ReadAllText(At("a.npz")));
        Assert.Equal(["a.npz"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        Assert.Throws<ArgumentException>(() =>
            SyntheticFile.Write(At("b.npz"), FormulaParser.Parse("pentagon"), new SyntheticOptions { Hidden = 1 }, 1)
        );
        Assert.Throws<ArgumentException>(() =>
            SyntheticFile.Write(At("b.npz"), FormulaParser.Parse("pentagon"), new SyntheticOptions(), 0)
        );
        Assert.Throws<ResultsException>(() =>
            SyntheticFile.Write(Path.Combine(_folder, "none", "b.npz"), FormulaParser.Parse("pentagon"), new SyntheticOptions(), 1)
        );
        Assert.False(File.Exists(At("b.npz")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
