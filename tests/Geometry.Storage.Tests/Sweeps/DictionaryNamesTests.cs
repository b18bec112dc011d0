using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tests.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

/// <summary>
/// Dictionaries under their usual names: the array is found among others, and its name tells which axis runs over features, narrow or wide.
/// </summary>
public sealed class DictionaryNamesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-names-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("W_dec", "features, dimensions")]
    [InlineData("decoder.weight", "dimensions, features")]
    [InlineData("embed.weight", "features, dimensions")]
    [InlineData("model.embed_tokens.weight", "features, dimensions")]
    [InlineData("transformer.wte.weight", "features, dimensions")]
    [InlineData("embed.W_E", "features, dimensions")]
    [InlineData("lm_head.weight", "features, dimensions")]
    [InlineData("unembed.W_U", "dimensions, features")]
    [InlineData("sae/decoder/weight", "dimensions, features")]
    public void A_name_tells_the_array_and_its_layout(string key, string layout)
    {
        bool featuresFirst = layout == "features, dimensions";
        foreach ((int features, int dimensions) in new[] { (7, 3), (3, 7), (4, 4) })
        {
            string shape = featuresFirst ? $"({features}, {dimensions})" : $"({dimensions}, {features})";
            string path = Write(
                (key, Written.Ramp(shape, features * dimensions)),
                ("ln_f.weight", Written.Ramp($"({dimensions}, {dimensions})", dimensions * dimensions)),
                ("b_dec", Written.Ramp($"({dimensions},)", dimensions))
            );
            using SweepFile file = SweepFile.Open(path, new SweepFileOptions { IsDictionary = true });
            Assert.Equal((key, features, dimensions), (file.WeightsKey, file.Features, file.Hidden));
            double second = featuresFirst ? 1 / 8.0 : features / 8.0;
            if (dimensions > 1)
                Assert.Equal(second, file.ReadConfiguration(0).Column(0)[1]);
        }
    }

    [Fact]
    public void Several_such_arrays_are_refused_with_the_option_to_give()
    {
        string path = Write(
            ("embed.weight", Written.Ramp("(9, 4)", 36)),
            ("lm_head.weight", Written.Npy("(9, 4)", [.. Enumerable.Range(0, 36).Select(i => (float)(i * i))]))
        );
        string message = Assert.Throws<InputException>(() => SweepFile.Open(path, new SweepFileOptions { IsDictionary = true })).Message;
        Assert.Contains("--weights embed.weight", message, StringComparison.Ordinal);
        using SweepFile named = SweepFile.Open(path, new SweepFileOptions { IsDictionary = true, Weights = "lm_head.weight" });
        Assert.Equal((9, 4), (named.Features, named.Hidden));
    }

    [Fact]
    public void A_layout_that_is_given_goes_before_the_name()
    {
        string path = Write(("W_dec", Written.Ramp("(5, 3)", 15)));
        using SweepFile file = SweepFile.Open(path, new SweepFileOptions { IsDictionary = true, Layout = WeightLayout.HiddenFirst });
        Assert.Equal((3, 5), (file.Features, file.Hidden));
    }

    [Fact]
    public void The_sizes_in_a_cfg_json_tell_the_layout_whatever_else_it_says()
    {
        string path = Write(("vectors", Written.Ramp("(3, 7)", 21)));
        SweepFileOptions options = new() { IsDictionary = true };
        Assert.Equal((7, 3, (string?)null), Opened(path, options));
        Config(
            """{ "d_in": 7, "d_sae": 3, "architecture": "jumprelu", """
                + """ "metadata": { "model_name": "gpt2-small", "hook_name": "blocks.8.hook_resid_pre" } }"""
        );
        Assert.Equal((3, 7, "gpt2-small, blocks.8.hook_resid_pre"), Opened(path, options));
        Config("""{ "d_in": 3, "d_sae": 7, "hook_point": "blocks.0" }""");
        Assert.Equal((7, 3, "blocks.0"), Opened(path, options));
        // A name gives way to sizes that fit, an option does not; labels know nothing of it.
        string decoder = Write(("W_dec", Written.Ramp("(3, 7)", 21)));
        Assert.Equal((7, 3, "blocks.0"), Opened(decoder, options));
        Assert.Equal((3, 7, "blocks.0"), Opened(decoder, options with { Layout = WeightLayout.FeaturesFirst }));
        Config("""{ "d_in": 3, "d_sae": 8 }""");
        Assert.Equal((3, 7, (string?)null), Opened(decoder, options));
    }

    [Theory]
    [InlineData("{ \"d_in\": 3", "is no JSON (line 1)")]
    [InlineData("[3, 7]", "is array; expected a JSON object")]
    public void A_broken_cfg_json_is_said_where_the_layout_hangs_on_it(string text, string message)
    {
        Config(text);
        string path = Write(("vectors", Written.Ramp("(3, 7)", 21)));
        Assert.Contains(
            message,
            Assert.Throws<InputException>(() => SweepFile.Open(path, new SweepFileOptions { IsDictionary = true })).Message,
            StringComparison.Ordinal
        );
        Assert.Equal((7, 3, (string?)null), Opened(path, new SweepFileOptions { IsDictionary = true, Layout = WeightLayout.HiddenFirst }));
        // The name of W_dec is enough.
        Assert.Equal(
            (3, 7, (string?)null),
            Opened(Write(("W_dec", Written.Ramp("(3, 7)", 21))), new SweepFileOptions { IsDictionary = true })
        );
    }

    private void Config(string text) => File.WriteAllText(Path.Combine(_folder, "cfg.json"), text);

    private static (int Features, int Hidden, string? Origin) Opened(string path, SweepFileOptions options)
    {
        using SweepFile file = SweepFile.Open(path, options);
        return (file.Features, file.Hidden, file.Origin);
    }

    [Theory]
    [InlineData("dictionary.pt")]
    [InlineData("dictionary.h5")]
    [InlineData("dictionary.safetensors")]
    public void Formats(string name)
    {
        using SweepFile file = SweepFile.Open(Path.Combine(Fixtures.Tensors("people"), name), new SweepFileOptions { IsDictionary = true });
        Assert.True(file.Features > file.Hidden);
        Assert.Contains("dec", file.WeightsKey, StringComparison.Ordinal);
    }

    private string Write(params (string, byte[])[] arrays)
    {
        string path = Path.Combine(_folder, "d.npz");
        File.WriteAllBytes(path, Written.Npz(arrays));
        return path;
    }
}
