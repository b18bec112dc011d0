using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Dictionaries;
using Geometry.Storage.Dictionaries;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Inspect;

/// <summary>
/// The plane for <c>inspect --plane</c>: from a folder that <c>planes</c> wrote, or from a weight file, which is searched as <c>planes</c>
/// does.
/// </summary>
internal static class ChosenPlane
{
    /// <summary>Finds the plane.</summary>
    /// <param name="streams">Where the progress of a search is shown.</param>
    /// <param name="path">The folder, or the weight file.</param>
    /// <param name="place">Number of the plane.</param>
    /// <param name="source">The dictionary, in a folder with several; null where there is one.</param>
    /// <param name="instance">Index of the dictionary's weight matrix.</param>
    /// <param name="file">How a weight file is read.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="InputException">There is no such plane; the message names the option.</exception>
    public static StoredPlane Of(
        Streams streams,
        string path,
        int place,
        string? source,
        int instance,
        SweepFileOptions file,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<StoredPlane> planes;
        if (Directory.Exists(path))
        {
            StoredPlanes stored = StoredPlanes.Read(path);
            if (stored.Dictionaries.Count == 0)
                throw new InputException("holds no planes; expected a folder that 'geometry planes' wrote, or a weight file");
            string[] sources = [.. stored.Dictionaries.Select(d => d.Source).Distinct()];
            if (source is null && sources.Length > 1)
                throw new InputException(
                    $"has the planes of {sources.Length} dictionaries; name one with --source: "
                        + $"{string.Join(", ", sources.Take(8))}{(sources.Length > 8 ? ", …" : "")}"
                );
            string chosen = source ?? sources[0];
            if (!sources.Contains(chosen))
                throw new InputException($"--source {chosen}: no such dictionary; expected {string.Join(" or ", sources.Take(8))}");
            if (!stored.Dictionaries.Any(d => d.Source == chosen && d.Instance == instance))
                throw new InputException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"--instance {instance}: no such instance of {chosen}; expected "
                            + $"{string.Join(" or ", stored.Dictionaries.Where(d => d.Source == chosen).Select(d => d.Instance).Take(8))}"
                    )
                );
            planes = [.. stored.Planes.Where(p => p.Source == chosen && p.Instance == instance)];
        }
        else
        {
            planes = Searched(streams, path, instance, file, cancellation);
        }
        return planes.FirstOrDefault(p => p.Place == place)
            ?? throw new InputException(
                planes.Count == 0
                    ? FormattableString.Invariant($"--plane {place}: no plane was found")
                    : FormattableString.Invariant($"--plane {place}: expected 0 to {planes.Count - 1}")
            );
    }

    private static IReadOnlyList<StoredPlane> Searched(
        Streams streams,
        string path,
        int instance,
        SweepFileOptions file,
        CancellationToken cancellation
    )
    {
        using (SweepFile opened = SweepFile.Open(path, file))
        {
            if (instance >= opened.Instances)
                throw new InputException(
                    FormattableString.Invariant(
                        $"--instance {instance}: the file has {opened.Instances} instances, 0 to {opened.Instances - 1}"
                    )
                );
        }
        return ProgressBar.Run<(string What, double Share), IReadOnlyList<StoredPlane>>(
            streams,
            "planes",
            p => (p.Share, p.What),
            (progress, _) =>
            {
                var options = new PlanesJobOptions
                {
                    File = file,
                    Search = new PlaneSearchOptions { Progress = (what, share) => progress?.Invoke((what, share)) },
                };
                return [.. PlanesJob.One(new InputFile(path, path), instance, options, cancellation).Rows.Select(StoredPlane.Of)];
            }
        );
    }
}
