using System.CommandLine;
using Geometry.Cli.Inspect;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Reports.Figures;
using Geometry.Storage.Dictionaries;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry inspect FILE [--instance I]</c></summary>
internal static class InspectVerb
{
    public static Command Create(Streams streams)
    {
        var file = new Argument<string>("file") { Description = "A weight file; with --plane also a folder that planes wrote." };
        file.Validators.Add(Parsers.RefuseOptions);
        var instance = new Option<int>("--instance")
        {
            Description = "Index of the run in the file; from 0.",
            HelpName = "index",
            DefaultValueFactory = _ => 0,
            CustomParser = Parsers.NotNegative,
        };
        var json = new Option<bool>("--json") { Description = "Print everything as one JSON object." };
        var figure = new Option<string?>("--figure")
        {
            Description = "Draw vectors, Gram matrix and spectrum, or the plane, to a file as well: .svg or .png.",
            HelpName = "file",
        };
        var plane = new Option<int?>("--plane")
        {
            Description = "Draw one plane of a dictionary, by its number in planes.csv; a weight file is searched for planes first.",
            HelpName = "number",
            CustomParser = result => Parsers.NotNegative(result),
        };
        var source = new Option<string?>("--source")
        {
            Description = "With --plane: the dictionary, in a folder with the planes of several.",
            HelpName = "name",
        };
        var reading = new ReadingOptions();
        var command = new VerbCommand(
            "inspect",
            "Show one run in the terminal: Gram matrix, summands, spheres.",
            "geometry inspect sweep.npz --instance 30"
        )
        {
            file,
        };
        command.Options.Add(instance);
        command.Options.Add(json);
        command.Options.Add(figure);
        command.Options.Add(plane);
        command.Options.Add(source);
        command.Validators.Add(result =>
        {
            if (result.GetResult(plane) is null && result.GetResult(source) is not null)
                result.AddError("--source: belongs to --plane");
        });
        reading.AddTo(command);
        command.SetAction(
            (parsed, cancellation) =>
            {
                string path = parsed.GetRequiredValue(file);
                // Checked before a search that may take minutes.
                if (parsed.GetValue(figure) is { } name)
                    PictureFile.Check(name);
                StoredPlane? found = null;
                try
                {
                    if (parsed.GetValue(plane) is { } place)
                    {
                        found = ChosenPlane.Of(
                            streams,
                            path,
                            place,
                            parsed.GetValue(source),
                            parsed.GetValue(instance),
                            reading.File(parsed) with
                            {
                                IsDictionary = true,
                            },
                            cancellation
                        );
                        if (parsed.GetValue(json))
                            PlaneReport.WriteJson(streams.Out, found);
                        else
                            PlaneReport.Write(streams.OutConsole(), found);
                        if (parsed.GetValue(figure) is { } picture)
                            PlaneFigure.Write(
                                picture,
                                found,
                                FormattableString.Invariant(
                                    $"{found.Shape}: {found.Source}, instance {found.Instance}, plane {found.Place}"
                                )
                            );
                        return Task.FromResult(ExitStatus.Done);
                    }
                    SweepFileOptions options = reading.File(parsed);
                    if (options.Weights == MatrixInputs.All)
                    {
                        Layers(
                            streams,
                            path,
                            parsed.GetValue(instance),
                            options,
                            reading.Label(parsed),
                            parsed.GetValue(json),
                            parsed.GetValue(figure)
                        );
                        return Task.FromResult(ExitStatus.Done);
                    }
                    InspectedRun run = Read(path, path, parsed.GetValue(instance), options, reading.Label(parsed));
                    if (parsed.GetValue(json))
                        InspectJson.Write(streams.Out, run);
                    else
                        InspectReport.Write(streams.OutConsole(), run);
                    if (parsed.GetValue(figure) is { } drawing)
                        RunPicture.Write(
                            drawing,
                            run.Configuration,
                            run.Label,
                            run.Bias,
                            $"{run.Label.Formula}: {run.Source}, instance {run.Instance}"
                        );
                    return Task.FromResult(ExitStatus.Done);
                }
                // A file name that --figure cannot write is wrong usage, and is thrown on.
                catch (Exception e)
                    when (e
                            is InputException
                                or UnsupportedRunException
                                or ConvergenceException
                                or IOException
                                or UnauthorizedAccessException
                        || (e is ResultsException && parsed.GetValue(plane) is not null && found is null)
                    )
                {
                    string message = e switch
                    {
                        InputException or UnsupportedRunException or ConvergenceException or ResultsException => e.Message,
                        FileNotFoundException or DirectoryNotFoundException => "no such file",
                        UnauthorizedAccessException when Directory.Exists(path) => "is a folder; expected a weight file",
                        _ => "cannot be read: " + e.Message,
                    };
                    streams.Message($"{path}: {message}");
                    return Task.FromResult(ExitStatus.Failed);
                }
            }
        );
        return command;
    }

    /// <summary>Prints the matrices one below the other, and which summands each maps into the next.</summary>
    private static void Layers(
        Streams streams,
        string path,
        int instance,
        SweepFileOptions options,
        LabelOptions label,
        bool json,
        string? figure
    )
    {
        if (figure is not null)
            throw new InputException("--figure: expected one matrix, named with --weights, found all");
        InspectedRun[] layers =
        [
            .. MatrixInputs
                .Of(new InputFile(path, path), options.Layout)
                .Select(input =>
                    Read(path, input.Source, instance, input.Complete(options with { Weights = null }), label) with
                    {
                        Weights = input.Weights,
                    }
                ),
        ];
        foreach (InspectedRun layer in layers)
        {
            if (json)
                InspectJson.Write(streams.Out, layer);
            else
                InspectReport.Write(streams.OutConsole(), layer);
            if (!json)
                streams.Out.WriteLine();
        }
        foreach ((InspectedRun first, InspectedRun second) in layers.Zip(layers.Skip(1)))
        {
            if (json)
                OverlapTable.WriteJson(streams.Out, first, second);
            else
                OverlapTable.Write(streams.Out, first, second);
        }
    }

    private static FeatureConfiguration ReadHead(string path, string key, int instance)
    {
        using SweepFile file = SweepFile.Open(path, new SweepFileOptions { Weights = key });
        return file.ReadConfiguration(instance);
    }

    private static InspectedRun Read(string path, string source, int instance, SweepFileOptions fileOptions, LabelOptions labelOptions)
    {
        using SweepFile file = SweepFile.Open(path, fileOptions);
        if (instance >= file.Instances)
            throw new InputException(
                FormattableString.Invariant($"--instance {instance}: the file has {file.Instances} instances, 0 to {file.Instances - 1}")
            );
        FeatureConfiguration configuration = file.ReadConfiguration(instance);
        return new InspectedRun
        {
            Source = source,
            Instance = instance,
            Instances = file.Instances,
            Parameters = [.. file.ParameterNames.Select(name => (name, file.Parameter(name, instance) ?? double.NaN))],
            Configuration = configuration,
            Bias = file.ReadBias(instance),
            Decoder = file.ReadDecoder(instance),
            Head = file.HeadKey is { } key ? ReadHead(path, key, instance) : null,
            Label = LabelPipeline.Label(configuration, labelOptions),
        };
    }
}
