using System.CommandLine;
using System.Globalization;
using Geometry.Atlas;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Reports.Atlas;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry atlas DIR… --out ATLAS</c></summary>
internal static class AtlasVerb
{
    private const int MostRows = 20;

    public static Command Create(Streams streams)
    {
        var folders = new Argument<string[]>("folder") { Description = "Folders that label wrote.", Arity = ArgumentArity.OneOrMore };
        folders.Validators.Add(Parsers.RefuseOptions);
        var output = new Option<string>("--out")
        {
            Description = "Folder for atlas.yaml, atlas.csv and members.csv; made when missing.",
            HelpName = "folder",
            Required = true,
        };
        var all = new Option<bool>("--all") { Description = "Take the summands with a name too." };
        var least = new Option<int>("--min-runs")
        {
            Description = "Fewest runs of a form; 2 or more.",
            HelpName = "count",
            DefaultValueFactory = _ => new AtlasOptions().MinRuns,
            CustomParser = r => Parsers.AtLeast(r, 2),
        };
        var tolerance = new Option<double?>("--tolerance")
        {
            Description =
                "Largest RMS difference of the angles within a form, degrees; by default what a noise of 1.1° a coordinate "
                + "explains, 2.8° to 3.5° for 10 to 24 directions.",
            HelpName = "degrees",
            CustomParser = Parsers.Degrees,
        };
        var inputs = new Option<string?>("--inputs")
        {
            Description = "Folder to look for the weight files in, when they are no longer where they were labelled.",
            HelpName = "folder",
        };
        var starts = new Option<int>("--starts")
        {
            Description =
                "Random starts for each size from which the minima of the loss with one active feature are looked for, to say which "
                + "of them a form is; 0: not at all.",
            HelpName = "count",
            DefaultValueFactory = _ => 200,
            CustomParser = Parsers.NotNegative,
        };
        AtlasOption known = new("Atlas whose names stay, beside the built-in one: a folder or an atlas.yaml; none: names start anew.");
        Option<int> threads = SharedOptions.Threads();
        var command = new VerbCommand(
            "atlas",
            "Find the shapes that recur among summands without a name, and describe them.",
            "geometry atlas results --out atlas"
        )
        {
            folders,
            output,
            all,
            least,
            tolerance,
            starts,
            inputs,
            known.Option,
            threads,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Task.Run(
                    () =>
                    {
                        var options = new AtlasOptions
                        {
                            MinRuns = parsed.GetValue(least),
                            ToleranceDegrees = parsed.GetValue(tolerance) ?? double.NaN,
                            Known = known.Atlas(parsed),
                            Threads = parsed.GetValue(threads),
                        };
                        string target = parsed.GetRequiredValue(output);
                        AtlasResult result = ProgressBar.Run<AtlasProgress, AtlasResult>(streams, "reading", Show, (progress, _) =>
                            AtlasJob.Run(
                                parsed.GetRequiredValue(folders),
                                target,
                                parsed.GetValue(inputs),
                                parsed.GetValue(all),
                                options,
                                parsed.GetValue(starts),
                                progress,
                                cancellation
                            )
                        );
                        foreach (string problem in result.Problems)
                            streams.Message($"warning: left out: {problem}");
                        Write(streams.Out, result, target);
                        return result.Problems.Count > 0 ? ExitStatus.Failed : ExitStatus.Done;
                    },
                    CancellationToken.None
                )
        );
        return command;
    }

    private static (double Share, string Text) Show(AtlasProgress progress) =>
        (
            (double)progress.Done / Math.Max(1, progress.Total),
            FormattableString.Invariant($"{progress.Stage} {progress.Done:N0} of {progress.Total:N0}")
        );

    private static void Write(TextWriter writer, AtlasResult result, string output)
    {
        if (result.Forms.Count > 0)
        {
            var table = new TextTable(
                "form",
                ">runs",
                ">n",
                ">m",
                ">density",
                ">spread",
                ">free",
                ">smallest angle",
                ">minimum",
                "remarks"
            );
            foreach (FormClass found in result.Forms.Take(MostRows))
            {
                Form form = found.Form;
                FormOrigin origin = form.Origin!;
                table.Add(
                    form.Name,
                    origin.Runs.ToString(CultureInfo.InvariantCulture),
                    Range(origin.Features.Low, origin.Features.High),
                    Range(origin.Hidden.Low, origin.Hidden.High),
                    Range(origin.Density.Low, origin.Density.High),
                    FormattableString.Invariant($"{origin.SpreadDegrees:0.0}°"),
                    form.Invariants.FreeParameters.ToString(CultureInfo.InvariantCulture),
                    FormattableString.Invariant($"{form.Invariants.SmallestAngleDegrees:0.00}°"),
                    form.GroundState?.Rank.ToString(CultureInfo.InvariantCulture) ?? "",
                    Remarks(form)
                );
            }
            table.Write(writer);
            if (result.Forms.Count > MostRows)
                writer.WriteLine(FormattableString.Invariant($"… and {result.Forms.Count - MostRows} more in atlas.csv"));
            writer.WriteLine();
        }
        if (result.Forms.Any(f => f.Form.GroundState is not null))
            writer.WriteLine("minimum: place by energy among the minima of the loss with one active feature (theory ground-states)");
        int members = result.Forms.Sum(f => f.Members.Count);
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Forms.Count} form{(result.Forms.Count == 1 ? " holds" : "s hold")} {members} of {result.Summands} "
                    + $"summands of {result.Runs} runs"
            )
        );
        foreach (FormClass found in result.Forms.Where(f => f.Form.Invariants.Defect.Length > 0))
            writer.WriteLine(
                $"{found.Form.Name} is labelled {found.Form.Invariants.Defect} where it stands alone: no form, and left out of the "
                    + $"names that label gives"
            );
        writer.WriteLine($"atlas.yaml, atlas.csv and members.csv are in {output}");
    }

    private static string Remarks(Form form)
    {
        FormInvariants i = form.Invariants;
        List<string> remarks = [];
        if (i.Antipodal)
            remarks.Add("antipodal");
        if (i.Tight)
            remarks.Add("tight");
        if (i.DesignStrength > 1)
            remarks.Add(FormattableString.Invariant($"{i.DesignStrength}-design"));
        if (i.Equiangular)
            remarks.Add("equiangular");
        if (form.Drift is not null)
            remarks.Add("drifts");
        if (i.BestCodeDegrees - i.SmallestAngleDegrees < 0.05)
            remarks.Add("best known code");
        return string.Join(", ", remarks);
    }

    private static string Range(double low, double high) =>
        double.IsNaN(low) ? ""
        : low == high ? FormattableString.Invariant($"{low:0.####}")
        : FormattableString.Invariant($"{low:0.####}–{high:0.####}");
}
