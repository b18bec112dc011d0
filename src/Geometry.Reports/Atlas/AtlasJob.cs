using System.Globalization;
using Geometry.Atlas;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Storage.Results;
using Geometry.Theory;

namespace Geometry.Reports.Atlas;

/// <summary>The progress of an atlas job.</summary>
/// <param name="Stage">reading or comparing.</param>
/// <param name="Done">Number of folders read, or of summands compared.</param>
/// <param name="Total">Number of all.</param>
public readonly record struct AtlasProgress(string Stage, int Done, int Total);

/// <summary>The result of an atlas job.</summary>
/// <param name="Forms">The forms, most frequent first.</param>
/// <param name="Runs">Number of runs in all folders.</param>
/// <param name="Summands">Number of summands that were compared.</param>
/// <param name="Problems">Weight files that could not be read, one line each.</param>
public sealed record AtlasResult(IReadOnlyList<FormClass> Forms, int Runs, int Summands, IReadOnlyList<string> Problems);

/// <summary>The job of <c>geometry atlas</c>: finds the forms that recur in labelled folders.</summary>
public static class AtlasJob
{
    /// <summary>Reads the folders, finds the forms, writes the atlas.</summary>
    /// <param name="folders">Folders that label wrote.</param>
    /// <param name="output">The folder for the atlas.</param>
    /// <param name="inputs">A further folder to look for weight files in; null for none.</param>
    /// <param name="named">Whether to use summands with a name too.</param>
    /// <param name="options">How to build the atlas.</param>
    /// <param name="starts">Number of random starts, per size, from which minima of the sparse limit are searched; 0 for no search.</param>
    /// <param name="progress">Called during the work; null for silence.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <exception cref="ResultsException">A folder has no results, or the atlas cannot be written.</exception>
    public static AtlasResult Run(
        IReadOnlyList<string> folders,
        string output,
        string? inputs,
        bool named,
        AtlasOptions options,
        int starts,
        Action<AtlasProgress>? progress,
        CancellationToken cancellation
    )
    {
        var occurrences = new List<Occurrence>();
        var problems = new List<string>();
        int runs = 0;
        for (int k = 0; k < folders.Count; k++)
        {
            progress?.Invoke(new AtlasProgress("reading", k, folders.Count));
            FolderOccurrences read = OccurrenceReader.Read(folders[k], inputs, named, cancellation);
            occurrences.AddRange(read.Occurrences);
            problems.AddRange(read.Problems.Select(p => $"{folders[k]}: {p}"));
            runs += read.Runs;
        }
        IReadOnlyList<FormClass> forms = AtlasBuilder.Build(
            occurrences,
            options with
            {
                Progress = (done, total) => progress?.Invoke(new AtlasProgress("comparing", done, total)),
            },
            cancellation
        );
        var known = new LabelOptions { Catalogue = new FormAtlas([.. forms.Select(f => f.Form)], "").Catalogue() };
        forms =
        [
            .. forms.Select(f => f with { Form = f.Form with { Invariants = f.Form.Invariants with { Defect = Defect(f.Form, known) } } }),
        ];
        if (starts > 0)
            forms = WithGroundStates(forms, options, starts, progress, cancellation);
        string origin = string.Create(
            CultureInfo.InvariantCulture,
            $"{occurrences.Count} summands {(named ? "" : "without a name ")}of {runs} runs in {folders.Count} labelled "
                + $"folder{(folders.Count == 1 ? "" : "s")}"
        );
        AtlasFolder.Write(output, forms, origin);
        return new AtlasResult(forms, runs, occurrences.Count, problems);
    }

    private static List<FormClass> WithGroundStates(
        IReadOnlyList<FormClass> forms,
        AtlasOptions options,
        int starts,
        Action<AtlasProgress>? progress,
        CancellationToken cancellation
    )
    {
        FormClass[] result = [.. forms];
        int done = 0;
        foreach (
            IGrouping<(int Dim, int Directions), int> size in Enumerable
                .Range(0, result.Length)
                .GroupBy(k => (result[k].Form.Dim, result[k].Form.Directions))
        )
        {
            progress?.Invoke(new AtlasProgress("ground states: form", done, result.Length));
            int[] of = [.. size];
            double tolerance = double.IsNaN(options.ToleranceDegrees)
                ? AtlasOptions.DefaultTolerance(size.Key.Dim, size.Key.Directions)
                : options.ToleranceDegrees;
            IReadOnlyList<FormGroundState?> states = FormGroundStates.Of(
                [.. of.Select(k => result[k].Form)],
                tolerance,
                starts,
                options.Threads,
                cancellation
            );
            for (int k = 0; k < of.Length; k++)
                result[of[k]] = result[of[k]] with
                {
                    Form = result[of[k]].Form with { GroundState = states[k], GroundStateStarts = starts },
                };
            done += of.Length;
        }
        return [.. result];
    }

    /// <summary>
    /// The label of the form by itself once it is known. A label other than its name means that the form is a direct sum, or a shape with a
    /// name.
    /// </summary>
    private static string Defect(Form form, LabelOptions known)
    {
        string formula = LabelPipeline.Label(new FeatureConfiguration(form.Dim, form.Directions, form.Vertices()), known).Formula;
        return formula == form.Name ? "" : formula;
    }
}
