using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public sealed class InputDiscoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_gives_its_weight_files_in_ordinal_order_of_relative_paths()
    {
        foreach (
            string name in (string[])
                ["b.npz", "a/z.pt", "a/c/x.PTH", "B.npy", "a.safetensors", "labels.csv", "results.sqlite", "a/notes.txt", "a-1.npz"]
        )
            _folder.File(name, "x"u8);
        IReadOnlyList<InputFile> inputs = InputDiscovery.Expand([_folder.Path]);
        Assert.Equal(["B.npy", "a-1.npz", "a.safetensors", "a/c/x.PTH", "a/z.pt", "b.npz"], inputs.Select(i => i.Source));
        Assert.All(inputs, i => Assert.True(File.Exists(i.Path)));
        Assert.All(inputs, i => Assert.Null(i.Failure));
    }

    [Fact]
    public void A_file_is_taken_as_given_whatever_its_extension_and_arguments_keep_their_order()
    {
        string odd = _folder.File("odd.weights", "x"u8),
            first = _folder.File("x/w.npz", "x"u8);
        IReadOnlyList<InputFile> inputs = InputDiscovery.Expand([
            odd,
            Path.Combine(_folder.Path, "gone.npz"),
            Path.Combine(_folder.Path, "x"),
        ]);
        Assert.Equal([odd, Path.Combine(_folder.Path, "gone.npz"), "w.npz"], inputs.Select(i => i.Source));
        Assert.Equal([null, "no such file or folder", null], inputs.Select(i => i.Failure));
        Assert.Equal(Path.GetFullPath(first), Path.GetFullPath(inputs[2].Path));
    }

    [Fact]
    public void A_folder_without_weight_files_is_a_failure()
    {
        _folder.File("labels.csv", "x"u8);
        InputFile only = Assert.Single(InputDiscovery.Expand([_folder.Path]));
        Assert.StartsWith("the folder holds no weight files", only.Failure, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(InputDiscovery.Expand([""])).Failure);
    }

    [Fact]
    public void Links_are_followed_once_and_loops_end()
    {
        _folder.File("real/w.npz", "x"u8);
        using var elsewhere = new TemporaryFolder();
        elsewhere.File("v.npz", "x"u8);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "real", "loop"), _folder.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "also"), Path.Combine(_folder.Path, "real"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "outside"), elsewhere.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "self.npz"), Path.Combine(_folder.Path, "self.npz"));
        Assert.Equal(["outside/v.npz", "real/w.npz", "self.npz"], InputDiscovery.Expand([_folder.Path]).Select(i => i.Source));
        Assert.Throws<InputException>(() => SweepFile.Open(Path.Combine(_folder.Path, "self.npz"), new SweepFileOptions()));
    }

    [Fact]
    public void Repeated_files_and_equal_sources_fail_the_later_one()
    {
        string one = _folder.File("one/w.npz", "x"u8);
        _folder.File("two/w.npz", "x"u8);
        IReadOnlyList<InputFile> inputs = InputDiscovery.Expand([
            one,
            Path.Combine(_folder.Path, "one"),
            Path.Combine(_folder.Path, "two"),
        ]);
        Assert.Equal([null, "the file is given twice", null], inputs.Select(i => i.Failure));
        inputs = InputDiscovery.Expand([Path.Combine(_folder.Path, "one"), Path.Combine(_folder.Path, "two")]);
        Assert.Null(inputs[0].Failure);
        Assert.Contains("same source", inputs[1].Failure, StringComparison.Ordinal);
        Assert.Equal(["one/w.npz", "two/w.npz"], InputDiscovery.Expand([_folder.Path]).Select(i => i.Source));
    }
}
