using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Dictionaries;
using Geometry.Storage.Dictionaries;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry planes FILE… --out DIR</c></summary>
internal static class PlanesVerb
{
    private const int ShownPlanes = 20;
    private static readonly PlaneSearchOptions s_defaults = new();

    public static Command Create(Streams streams)
    {
        var inputs = new Argument<string[]>("file")
        {
            Description =
                "Weight files, or folders of them: decoders of sparse autoencoders, embeddings, any matrix with a direction for "
                + "each feature.",
            Arity = ArgumentArity.OneOrMore,
        };
        inputs.Validators.Add(Parsers.RefuseOptions);
        var output = new Option<string>("--out")
        {
            Description = "Folder for planes.csv and results.sqlite; made when missing.",
            HelpName = "folder",
            Required = true,
        };
        var maxDim = new Option<int>("--max-plane-dim")
        {
            Description = "Largest dimension of the planes, 1 to 8.",
            HelpName = "k",
            DefaultValueFactory = _ => s_defaults.MaxPlaneDim,
            CustomParser = result => Parsers.Between(result, 1, 8),
        };
        var minFeatures = new Option<int>("--min-features")
        {
            Description = "Features that a plane must hold, at least, near-copies included; 2 or more.",
            HelpName = "count",
            DefaultValueFactory = _ => s_defaults.MinFeatures,
            CustomParser = result => Parsers.AtLeast(result, 2),
        };
        var epsilon = new Option<double>("--epsilon")
        {
            Description =
                "Largest distance of a feature's unit vector from its plane, the sine of its angle with it; above 0, at most 0.9; "
                + "by default as far as chance leaves planes empty, at most 0.75.",
            HelpName = "distance",
            CustomParser = Epsilon,
        };
        var rate = new Option<double>("--fdr")
        {
            Description = "Share of false discoveries among the planes reported; above 0, below 1.",
            HelpName = "share",
            DefaultValueFactory = _ => s_defaults.FalseDiscoveryRate,
            CustomParser = Rate,
        };
        var names = new Option<string?>("--names") { Description = "Text file with the features' names, one per line.", HelpName = "file" };
        var layout = new Option<WeightLayout>("--layout")
        {
            Description =
                "Order of the two weight axes: features-first or hidden-first; by default as a cfg.json beside the file says, or "
                + "the array's name (W_dec, decoder.weight, embed.weight, …), or the bias; else the smaller is hidden.",
            HelpName = "features-first|hidden-first",
            CustomParser = Parsers.Layout,
        };
        var weights = new Option<string?>("--weights")
        {
            Description =
                "Key of the array; by default the only one with a usual name (W_dec, decoder.weight, embed.weight, …), else the "
                + "only one with two or three axes.",
            HelpName = "key",
        };
        Option<int> threads = SharedOptions.Threads();
        var command = new VerbCommand(
            "planes",
            "Find planes that hold more features of a large dictionary than chance allows.",
            "geometry planes decoder.safetensors --out planes"
        )
        {
            inputs,
            output,
            maxDim,
            minFeatures,
            epsilon,
            rate,
            names,
            layout,
            weights,
            threads,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Task.FromResult(
                    Run(
                        streams,
                        InputDiscovery.Expand(parsed.GetRequiredValue(inputs)),
                        parsed.GetRequiredValue(output),
                        new PlanesJobOptions
                        {
                            File = new SweepFileOptions
                            {
                                IsDictionary = true,
                                Layout = parsed.GetValue(layout),
                                Weights = parsed.GetValue(weights),
                            },
                            Names = parsed.GetValue(names) is { } file ? FeatureNames.Read(file) : null,
                            Search = new PlaneSearchOptions
                            {
                                MaxPlaneDim = parsed.GetValue(maxDim),
                                MinFeatures = parsed.GetValue(minFeatures),
                                Epsilon = parsed.GetValue(epsilon),
                                FalseDiscoveryRate = parsed.GetValue(rate),
                                Threads = parsed.GetValue(threads),
                            },
                        },
                        cancellation
                    )
                )
        );
        return command;
    }

    private static int Run(
        Streams streams,
        IReadOnlyList<InputFile> inputs,
        string output,
        PlanesJobOptions options,
        CancellationToken cancellation
    )
    {
        int failures = 0;
        using OutputFolder folder = OutputFolder.Open(output);
        IReadOnlyList<PlaneRow> rows = ProgressBar.Run<(string What, double Share), IReadOnlyList<PlaneRow>>(
            streams,
            "planes",
            Show,
            (progress, write) =>
                PlanesJob.Run(
                    inputs,
                    folder,
                    options with
                    {
                        Search = options.Search with { Progress = (what, share) => progress?.Invoke((what, share)) },
                        ComesFrom = (source, origin) => write($"{source}: features of {origin}"),
                        Found = (source, instance, found) =>
                        {
                            if (found.Cutoff > found.WantedCutoff)
                                write(
                                    string.Create(
                                        CultureInfo.InvariantCulture,
                                        $"{source}, instance {instance}: so many pairs are near each other that only those with "
                                            + $"|cosine| ≥ {found.Cutoff:F2} were followed ({found.WantedCutoff:F2} was wanted): "
                                            + $"planes of spread-out features may be missed"
                                    )
                                );
                        },
                        Failed = failure =>
                        {
                            failures++;
                            write(
                                failure.Instance is { } i
                                    ? FormattableString.Invariant($"{failure.Source}, instance {i}: {failure.Message}")
                                    : $"{failure.Source}: {failure.Message}"
                            );
                        },
                    },
                    cancellation
                )
        );
        Write(streams.Out, rows, output);
        return failures > 0 ? ExitStatus.Failed : ExitStatus.Done;
    }

    private static void Write(TextWriter writer, IReadOnlyList<PlaneRow> rows, string output)
    {
        if (rows.Count > 0)
        {
            bool hasNames = rows.Any(r => r.Names.Count > 0);
            var table = new TextTable(
                ">plane",
                ">dim",
                ">count",
                ">rms",
                ">log10 q",
                "shape",
                ">residual",
                hasNames ? "names" : "features"
            );
            foreach (PlaneRow row in rows.Take(ShownPlanes))
            {
                string members = hasNames ? string.Join(", ", row.Names) : string.Join(' ', row.Plane.Features);
                table.Add(
                    Text(row.Place),
                    Text(row.Plane.Dim),
                    Text(row.Plane.Count),
                    Degrees(row.Plane.RmsDegrees),
                    (row.Plane.LogQ / Math.Log(10)).ToString("F0", CultureInfo.InvariantCulture),
                    row.Plane.Shape,
                    Degrees(row.Plane.ResidualDegrees),
                    members.Length <= 48 ? members : members[..47] + "…"
                );
            }
            table.Write(writer);
            if (rows.Count > ShownPlanes)
                writer.WriteLine(FormattableString.Invariant($"… {rows.Count - ShownPlanes} more"));
            writer.WriteLine();
        }
        writer.WriteLine(
            FormattableString.Invariant($"{rows.Count} {(rows.Count == 1 ? "plane is" : "planes are")} in {output}/planes.csv")
        );
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Degrees(double angle) => double.IsNaN(angle) ? "" : angle.ToString("F1", CultureInfo.InvariantCulture) + "°";

    private static (double Share, string Text) Show((string What, double Share) progress) => (progress.Share, progress.What);

    private static double Epsilon(ArgumentResult result)
    {
        if (
            double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value is > 0 and <= 0.9
        )
            return value;
        result.AddError($"--epsilon: expected a number above 0, at most 0.9, found '{result.Tokens[0].Value}'");
        return 0;
    }

    private static double Rate(ArgumentResult result)
    {
        if (
            double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value is > 0 and < 1
        )
            return value;
        result.AddError($"--fdr: expected a number above 0, below 1, found '{result.Tokens[0].Value}'");
        return 0.01;
    }
}
