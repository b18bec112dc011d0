using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public class SweepFileFormatTests
{
    [Theory]
    [InlineData("v1_float32.npy")]
    [InlineData("v2_float64_fortran.npy")]
    [InlineData("v3_float16.npy")]
    [InlineData("big_endian_float64.npy")]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    [InlineData("deflated_fortran.npz")]
    [InlineData("zip64.npz")]
    [InlineData("float32.safetensors")]
    [InlineData("bfloat16.pt")]
    [InlineData("views.pt")]
    [InlineData("big_endian.pt")]
    [InlineData("parameter.pth")]
    [InlineData("protocol4.pt")]
    [InlineData("half_tensor.pt")]
    [InlineData("foreign.pt")]
    public void Every_format_gives_the_same_weights(string name)
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors(name), new SweepFileOptions());
        Assert.Equal((Fixtures.Instances, Fixtures.Features, Fixtures.Hidden), (file.Instances, file.Features, file.Hidden));
        Assert.Equal(WeightLayout.FeaturesFirst, file.Layout);
        foreach (int instance in (int[])[0, 1, 2, 3, 3, 0, 2, 1])
        {
            FeatureConfiguration w = file.ReadConfiguration(instance);
            for (int i = 0; i < Fixtures.Features; i++)
            {
                for (int j = 0; j < Fixtures.Hidden; j++)
                    Assert.Equal(Fixtures.W(instance, i, j), w.Column(i)[j]);
            }
        }
    }

    [Theory]
    [InlineData("stored.npz", "b")]
    [InlineData("deflated.npz", "b")]
    [InlineData("float32.safetensors", "b_3t")]
    [InlineData("views.pt", "state.b")]
    [InlineData("big_endian.pt", "state.b")]
    [InlineData("protocol4.pt", "b")]
    public void The_bias_is_found_and_read(string name, string key)
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors(name), new SweepFileOptions());
        Assert.Equal(key, file.BiasKey);
        foreach (int instance in (int[])[3, 0, 1, 2])
            Assert.Equal([.. Enumerable.Range(0, Fixtures.Features).Select(i => Fixtures.B(instance, i))], file.ReadBias(instance)!);
    }

    [Fact]
    public void Files_without_a_bias_have_none()
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors("v1_float32.npy"), new SweepFileOptions());
        Assert.Null(file.BiasKey);
        Assert.Null(file.ReadBias(0));
    }

    [Fact]
    public void A_fortran_ordered_matrix_is_one_instance()
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors("fortran_matrix.npy"), new SweepFileOptions());
        FeatureConfiguration w = file.ReadConfiguration(0);
        Assert.Equal(1, file.Instances);
        for (int i = 0; i < Fixtures.Features; i++)
        {
            for (int j = 0; j < Fixtures.Hidden; j++)
                Assert.Equal(Fixtures.W(1, i, j), w.Column(i)[j]);
        }
    }

    [Fact]
    public void A_module_state_dict_has_linear_layers_of_either_layout()
    {
        string path = Fixtures.Tensors("module_state_dict.pt");
        using SweepFile first = SweepFile.Open(path, new SweepFileOptions { Weights = "first.weight" });
        using SweepFile last = SweepFile.Open(path, new SweepFileOptions { Weights = "last.weight" });
        Assert.Equal((WeightLayout.HiddenFirst, WeightLayout.FeaturesFirst), (first.Layout, last.Layout));
        Assert.Equal(Fixtures.W(1, 4, 1), first.ReadConfiguration(0).Column(4)[1]);
        Assert.Equal(Fixtures.W(2, 4, 1), last.ReadConfiguration(0).Column(4)[1]);
        Assert.Equal(Fixtures.B(1, 4), last.ReadBias(0)![4]);
    }

    [Fact]
    public void No_instances_are_an_empty_sweep()
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors("empty_sweep.npy"), new SweepFileOptions());
        Assert.Equal((0, 5, 2), (file.Instances, file.Features, file.Hidden));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadConfiguration(0));
    }

    [Theory]
    [InlineData("legacy.pt", "before PyTorch 1.6")]
    [InlineData("module_whole.pt", "'torch.nn.modules.container.Sequential'")]
    [InlineData("sweep.h5", "the HDF5 file cannot be read")]
    [InlineData("dict.pkl", "Python pickle")]
    [InlineData("object.npy", "Python objects (never loaded)")]
    [InlineData("structured.npy", "('x', '<f4')")]
    [InlineData("int32.npy", "int32 (3, 2)")]
    [InlineData("expanded.pt", "repeats a storage")]
    public void What_cannot_be_read_is_refused_with_its_reason(string name, string reason)
    {
        var error = Assert.Throws<InputException>(() => SweepFile.Open(Fixtures.Tensors(name), new SweepFileOptions()));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_same_sweep_reads_alike_from_npz_and_from_torch()
    {
        using SweepFile npz = SweepFile.Open(Fixtures.Sweeps("n20_m5.npz"), new SweepFileOptions());
        using SweepFile stacked = SweepFile.Open(Fixtures.Tensors("trained/stacked_n20_m5.pt"), new SweepFileOptions());
        using SweepFile half = SweepFile.Open(Fixtures.Tensors("trained/tensor_f16.pt"), new SweepFileOptions());
        using SweepFile single = SweepFile.Open(
            Fixtures.Tensors("trained/state_dict_n20_m5_i6.pt"),
            new SweepFileOptions { Weights = "embedding.weight" }
        );
        Assert.Equal((20, 20, 5), (stacked.Instances, stacked.Features, stacked.Hidden));
        Assert.Equal(("W", "b_final"), (stacked.WeightsKey, stacked.BiasKey));
        for (int k = 0; k < npz.Instances; k++)
        {
            Assert.True(npz.ReadConfiguration(k).Columns.SequenceEqual(stacked.ReadConfiguration(k).Columns));
            Assert.Equal(npz.ReadBias(k), stacked.ReadBias(k));
        }
        Assert.True(npz.ReadConfiguration(6).Columns.SequenceEqual(single.ReadConfiguration(0).Columns));
        Assert.Equal((1, 20, 5), (half.Instances, half.Features, half.Hidden));
    }
}
