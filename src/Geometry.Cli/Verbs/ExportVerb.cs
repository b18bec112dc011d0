using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Storage.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry export FILE --out FILE.npz</c></summary>
internal static class ExportVerb
{
    public static Command Create(Streams streams)
    {
        var file = new Argument<string>("file") { Description = "A weight file." };
        file.Validators.Add(Parsers.RefuseOptions);
        var output = new Option<string>("--out")
        {
            Description = "The npz to write.",
            HelpName = "file",
            Required = true,
        };
        var instances = new Option<InstanceSet?>("--instances")
        {
            Description = "Which runs, such as 3,5-9; from 0. By default all.",
            HelpName = "list",
            CustomParser = Parsers.Instances,
        };
        var reading = new ReadingOptions();
        var command = new VerbCommand(
            "export",
            "Write unit columns, planes and projectors of the summands of runs to an npz, under run0/, run1/ …",
            "geometry export sweep.npz --instances 30 --out summands.npz"
        )
        {
            file,
            output,
        };
        command.Options.Add(instances);
        reading.AddTo(command);
        command.SetAction(
            (parsed, cancellation) =>
            {
                string path = parsed.GetRequiredValue(file);
                try
                {
                    using SweepFile sweep = SweepFile.Open(path, reading.File(parsed));
                    int[] chosen = Chosen(sweep, parsed.GetValue(instances));
                    SummandExport.Write(parsed.GetRequiredValue(output), sweep, chosen, reading.Label(parsed), cancellation);
                    streams.Out.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"unit columns, planes and projectors of {chosen.Length} run{(chosen.Length == 1 ? "" : "s")} are in "
                                + $"{parsed.GetRequiredValue(output)}"
                        )
                    );
                    return Task.FromResult(ExitStatus.Done);
                }
                catch (Exception e) when (e is InputException or UnsupportedRunException or ConvergenceException)
                {
                    streams.Message($"{path}: {e.Message}");
                    return Task.FromResult(ExitStatus.Failed);
                }
            }
        );
        return command;
    }

    private static int[] Chosen(SweepFile sweep, InstanceSet? set)
    {
        if (set is null)
            return [.. Enumerable.Range(0, sweep.Instances)];
        int count = set.CountBelow(sweep.Instances);
        if (count == 0)
            throw new InputException(
                FormattableString.Invariant($"--instances {set}: the file has {sweep.Instances} instances, 0 to {sweep.Instances - 1}")
            );
        return [.. Enumerable.Range(0, count).Select(set.At)];
    }
}
