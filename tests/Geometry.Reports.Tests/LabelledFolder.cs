using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Tests;

/// <summary>A folder of labelled runs that is removed after the test.</summary>
internal sealed class LabelledFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("geometry-report-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public static string Fixture(params string[] parts) => System.IO.Path.Combine([Root(), "fixtures", .. parts]);

    /// <summary>Labels weight files, each under a name of the test's choice; the files lie beside the results.</summary>
    public static LabelledFolder Of(params (string Fixture, string Name)[] files) =>
        Of(new SweepFileOptions(), [.. files.Select(f => (System.IO.Path.Combine("sweeps", f.Fixture), f.Name))]);

    /// <summary>The same with options, and fixtures of any folder.</summary>
    public static LabelledFolder Of(SweepFileOptions options, params (string Fixture, string Name)[] files)
    {
        var folder = new LabelledFolder();
        Directory.CreateDirectory(folder["in"]);
        foreach ((string fixture, string name) in files)
            File.Copy(Fixture(fixture), System.IO.Path.Combine(folder["in"], name));
        using OutputFolder output = OutputFolder.Open(folder.Path);
        LabelJob.Run(
            InputDiscovery.Expand([folder["in"]]),
            output,
            new LabelJobOptions { File = options, Threads = 2 },
            CancellationToken.None
        );
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Geometry.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests must run below the folder of Geometry.sln");
    }
}
