using System.Globalization;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors;
using Geometry.Storage.Tests.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public sealed class ParameterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays_and_scalars_of_an_npz_become_parameters()
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors("stored.npz"), new SweepFileOptions());
        Assert.Equal(["sparsity", "loss", "seed"], file.ParameterNames);
        Assert.Equal(["0", "0.7", "0.9", "0.95"], Enumerable.Range(0, 4).Select(k => Print(file.Parameter("sparsity", k))));
        Assert.Equal(["0", "0.01", "0.02", "0.03"], Enumerable.Range(0, 4).Select(k => Print(file.Parameter("loss", k))));
        Assert.Equal("3", Print(file.Parameter("seed", 2)));
        Assert.Null(file.Parameter("importance", 0));
        Assert.Null(file.Parameter("step", 0));
    }

    [Fact]
    public void Nested_numbers_of_a_torch_archive_become_parameters()
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors("views.pt"), new SweepFileOptions());
        Assert.Equal(["sparsity", "loss", "seed"], file.ParameterNames);
        Assert.Equal("0.7", Print(file.Parameter("sparsity", 3)));
        Assert.Equal("0.125", Print(file.Parameter("loss", 2)));
        Assert.Equal("3", Print(file.Parameter("seed", 0)));
    }

    [Fact]
    public void Half_precision_parameters_print_cleanly()
    {
        using SweepFile file = SweepFile.Open(Fixtures.Tensors("bfloat16.pt"), new SweepFileOptions());
        Assert.Equal(["sparsity", "step"], file.ParameterNames);
        Assert.Equal(["0", "0.7", "0.9", "0.95"], Enumerable.Range(0, 4).Select(k => Print(file.Parameter("sparsity", k))));
        Assert.Equal("1000", Print(file.Parameter("step", 1)));
    }

    [Fact]
    public void A_trained_sweep_has_its_densities_losses_and_seed()
    {
        using SweepFile file = SweepFile.Open(Fixtures.Sweeps("poster_n5_m2_s0.npz"), new SweepFileOptions());
        Assert.Equal((50, 5, 2), (file.Instances, file.Features, file.Hidden));
        Assert.Equal(["sparsity", "loss", "seed"], file.ParameterNames);
        Assert.Equal(("0", "0.99"), (Print(file.Parameter("sparsity", 0)), Print(file.Parameter("sparsity", 49))));
    }

    [Theory]
    [InlineData("(3,)", 3, true)]
    [InlineData("(3, 1)", 3, true)]
    [InlineData("(1,)", 1, true)]
    [InlineData("()", 1, true)]
    [InlineData("(4,)", 4, false)]
    [InlineData("(3, 2)", 6, false)]
    public void One_value_an_instance_or_one_in_all(string shape, int count, bool taken)
    {
        using SweepFile file = Open(("W", Written.Ramp("(3, 5, 2)", 30)), ("loss", Written.Ramp(shape, count)));
        Assert.Equal(taken, file.Parameter("loss", 2) is not null);
        if (taken)
            Assert.Equal(count == 1 ? 0 : 0.25, file.Parameter("loss", 2));
    }

    [Fact]
    public void Importance_with_as_many_features_as_instances_is_per_feature_unless_constant()
    {
        using SweepFile varied = Open(("W", Written.Ramp("(5, 5, 2)", 50)), ("importance", Written.Ramp("(5,)", 5)));
        using SweepFile column = Open(("W", Written.Ramp("(5, 5, 2)", 50)), ("importance", Written.Ramp("(5, 1)", 5)));
        using SweepFile constant = Open(("W", Written.Ramp("(5, 5, 2)", 50)), ("importance", Written.Npy("(5,)", 1, 1, 1, 1, 1)));
        Assert.Empty(varied.ParameterNames);
        Assert.Equal(0.5, column.Parameter("importance", 4));
        Assert.Equal(1, constant.Parameter("importance", 4));
    }

    [Fact]
    public void A_sparsity_wins_over_a_density()
    {
        using SweepFile file = Open(
            ("W", Written.Ramp("(5, 2)", 10)),
            ("density", Written.Npy("()", 0.5f)),
            ("sparsity", Written.Npy("()", 0.25f))
        );
        Assert.Equal(["sparsity"], file.ParameterNames);
        Assert.Equal(0.25, file.Parameter("sparsity", 0));
    }

    [Fact]
    public void The_parameter_nested_least_deep_is_meant_and_a_tie_means_none()
    {
        using SweepFile file = Open(
            ("W", Written.Ramp("(5, 2)", 10)),
            ("a.seed", Written.Npy("()", 1)),
            ("seed", Written.Npy("()", 2)),
            ("a.step", Written.Npy("()", 1)),
            ("b.step", Written.Npy("()", 2))
        );
        Assert.Equal(["seed"], file.ParameterNames);
        Assert.Equal(2, file.Parameter("seed", 0));
    }

    [Fact]
    public void A_diverged_loss_stays_nan()
    {
        using SweepFile file = Open(
            ("W", Written.Ramp("(2, 5, 2)", 20)),
            ("loss", Written.Npy("(2,)", float.NaN, 1)),
            ("density", Written.Npy("(2,)", float.PositiveInfinity, 1e-30f))
        );
        Assert.Equal(double.NaN, file.Parameter("loss", 0));
        Assert.Equal(double.NegativeInfinity, file.Parameter("sparsity", 0));
        Assert.Equal(1, file.Parameter("sparsity", 1));
    }

    [Fact]
    public void Short_floats_become_the_decimal_they_print_as_and_stay_themselves()
    {
        var random = new Random(7);
        for (int k = 0; k < 5000; k++)
        {
            float single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (!float.IsFinite(single))
                continue;
            double clean = ShortestDecimal.Clean(single, ElementType.Float32);
            Assert.Equal(single, (float)clean);
            Assert.Equal(
                single.ToString("R", CultureInfo.InvariantCulture).TrimStart('-'),
                Math.Abs((float)clean).ToString("R", CultureInfo.InvariantCulture)
            );
            Assert.True(Print(clean)!.Length <= Print(single)!.Length);
            double half = (double)(Half)(single % 60000);
            Assert.Equal((Half)half, (Half)ShortestDecimal.Clean(half, ElementType.Float16));
            float brain = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(single) & 0xffff0000);
            double cleanBrain = ShortestDecimal.Clean(brain, ElementType.BFloat16);
            double gap = Math.Abs((double)BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(brain) + 0x10000) - brain);
            if (double.IsFinite(gap))
                Assert.True(Math.Abs(cleanBrain - brain) <= gap / 2, $"{brain:R} became {cleanBrain:R}");
        }
        Assert.Equal(0.1, ShortestDecimal.Complement(0.9));
        Assert.Equal(0.3, ShortestDecimal.Clean(0.30000001192092896, ElementType.Float32));
        Assert.Equal(0.30000001192092896, ShortestDecimal.Clean(0.30000001192092896, ElementType.Float64));
    }

    private static string? Print(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private SweepFile Open(params (string, byte[])[] arrays) =>
        SweepFile.Open(_folder.File($"{Guid.NewGuid():N}.npz", Written.Npz(arrays)), new SweepFileOptions());
}
