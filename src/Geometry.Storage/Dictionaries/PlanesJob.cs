using Geometry.Dictionaries;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Dictionaries;

/// <summary>How to look for planes in weight files.</summary>
public sealed record PlanesJobOptions
{
    /// <summary>Which arrays to read, and their layout.</summary>
    public SweepFileOptions File { get; init; } = new();

    /// <summary>What planes to look for.</summary>
    public PlaneSearchOptions Search { get; init; } = new();

    /// <summary>Names of features; null for none.</summary>
    public FeatureNames? Names { get; init; }

    /// <summary>Called for each finished dictionary with its source, instance and planes.</summary>
    public Action<string, int, DictionaryPlanes>? Found { get; init; }

    /// <summary>Called with a file's source and the model and hook that the cfg.json beside it names.</summary>
    public Action<string, string>? ComesFrom { get; init; }

    /// <summary>Called for each input that could not be read.</summary>
    public Action<InputFailure>? Failed { get; init; }
}

/// <summary>Looks for crowded planes in every dictionary of some weight files.</summary>
/// <remarks>
/// One dictionary is in memory at a time. planes.csv and the tables are written at the end; an interrupted job leaves the earlier ones.
/// </remarks>
public static class PlanesJob
{
    /// <summary>Runs the job.</summary>
    /// <param name="inputs">The weight files, in the order of the rows.</param>
    /// <param name="folder">Where the results go.</param>
    /// <param name="options">How to look.</param>
    /// <param name="cancellation">Stops the job.</param>
    /// <returns>All planes, by input, instance, and q.</returns>
    /// <exception cref="ResultsException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<PlaneRow> Run(
        IReadOnlyList<InputFile> inputs,
        OutputFolder folder,
        PlanesJobOptions options,
        CancellationToken cancellation
    )
    {
        // Checked first: the search may take hours.
        PlaneResults.RefuseOther(folder);
        var rows = new List<PlaneRow>();
        var dictionaries = new List<DictionarySearch>();
        foreach (InputFile input in inputs)
        {
            if (input.Failure is { } failure)
            {
                options.Failed?.Invoke(new InputFailure(input.Source, null, failure));
                continue;
            }
            try
            {
                Search(input, options, dictionaries, rows, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                options.Failed?.Invoke(new InputFailure(input.Source, null, Failures.Line(e, input.Path)));
            }
        }
        PlaneResults.Write(folder, dictionaries, rows);
        return rows;
    }

    private static void Search(
        InputFile input,
        PlanesJobOptions options,
        List<DictionarySearch> dictionaries,
        List<PlaneRow> rows,
        CancellationToken cancellation
    )
    {
        int instances;
        using (SweepFile file = SweepFile.Open(input.Path, options.File))
        {
            instances = file.Instances;
            if (file.Origin is { } origin)
                options.ComesFrom?.Invoke(input.Source, origin);
        }
        for (int instance = 0; instance < instances; instance++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                (DictionaryPlanes found, IEnumerable<PlaneRow> planes) = One(input, instance, options, cancellation);
                dictionaries.Add(DictionarySearch.Of(input.Source, instance, found, options.Search));
                rows.AddRange(planes);
                options.Found?.Invoke(input.Source, instance, found);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                options.Failed?.Invoke(new InputFailure(input.Source, instance, Failures.Line(e, input.Path)));
            }
        }
    }

    /// <summary>The planes of one instance of a file.</summary>
    /// <exception cref="InputException">The instance cannot be read, or the number of names differs from that of the features.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (DictionaryPlanes Found, IEnumerable<PlaneRow> Rows) One(
        InputFile input,
        int instance,
        PlanesJobOptions options,
        CancellationToken cancellation
    )
    {
        DictionaryPlanes found = PlaneSearch.Find(Read(input.Path, instance, options), options.Search, cancellation);
        return (
            found,
            found.Planes.Select(
                (plane, place) =>
                    new PlaneRow(
                        input.Source,
                        instance,
                        place,
                        plane,
                        options.Names is { } names ? [.. plane.Features.Select(i => names[i])] : []
                    )
            )
        );
    }

    /// <summary>
    /// The directions of one instance. The file is closed before the search begins, which frees its weights in double precision.
    /// </summary>
    private static UnitDirections Read(string path, int instance, PlanesJobOptions options)
    {
        using SweepFile file = SweepFile.Open(path, options.File);
        if (options.Names is { } names && names.Count != file.Features)
            throw new InputException(
                FormattableString.Invariant($"{names.Path} has {names.Count} names; expected one for each of {file.Features} features")
            );
        return UnitDirections.Of(file.ReadConfiguration(instance));
    }
}
