using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Theory;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary><c>geometry theory polygons --features c --out FILE.csv</c></summary>
internal static class PolygonsCommand
{
    /// <summary>Eigenvalues that differ by less than this count as equal.</summary>
    private const double SameEigenvalue = 1e-9;

    private const int Digits = 6;

    /// <summary>Largest number of sample sizes at once; each is a column.</summary>
    private const int MostSamples = 1000;

    /// <summary>
    /// Largest number of features for which Hessians are decomposed (each of 3c rows, c of them for every k) and pairs of points are
    /// compared, which takes a second or two.
    /// </summary>
    private const int MostInDetail = 32;

    private static readonly Option<int> s_features = new("--features")
    {
        Description = FormattableString.Invariant(
            $"Features c, {PolygonCriticalPoints.FewestFeatures} to {PolygonCriticalPoints.MostFeatures}."
        ),
        HelpName = "c",
        Required = true,
        CustomParser = Parsers.AtLeastOne,
    };

    private static readonly Option<bool> s_spectrum = new("--spectrum")
    {
        Description = "A last column with the eigenvalues of the loss's Hessian, value×multiplicity; empty for 4-gons, which have none.",
    };

    private static readonly Option<bool> s_transitions = new("--transitions")
    {
        Description =
            "List the numbers of samples from which the Bayesian posterior prefers a point of lower loss: n·ΔL + Δλ·ln n + Δ½‖w‖² = 0.",
    };

    private static readonly Option<Axis> s_samples = AxisOptions.Create(
        "--samples",
        "Numbers of samples n, as an axis: list the phase that the Bayesian posterior prefers at each, and add a last column "
            + "free_energy_n for each to the table.",
        AxisText.Positive
    );

    private static readonly Option<string> s_output = TheoryOptions.Output();

    public static Command Create(Streams streams)
    {
        s_samples.Required = false;
        var command = new VerbCommand(
            "polygons",
            "The k-gon critical points of the sparse limit in two hidden dimensions: norm, bias, loss, learning coefficient.",
            "geometry theory polygons --features 6 --transitions --out polygons.csv"
        )
        {
            s_features,
            s_spectrum,
            s_transitions,
            s_samples,
            s_output,
        };
        command.SetAction((parsed, _) => Task.FromResult(Run(streams, parsed)));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed)
    {
        int c = parsed.GetValue(s_features);
        if (c is < PolygonCriticalPoints.FewestFeatures or > PolygonCriticalPoints.MostFeatures)
            throw new InputException(
                FormattableString.Invariant(
                    $"--features: expected {PolygonCriticalPoints.FewestFeatures} to {PolygonCriticalPoints.MostFeatures}, found {c}"
                )
            );
        bool spectrum = parsed.GetValue(s_spectrum);
        foreach (Option<bool> option in (ReadOnlySpan<Option<bool>>)[s_spectrum, s_transitions])
        {
            if (parsed.GetValue(option) && c > MostInDetail)
                throw new InputException(
                    FormattableString.Invariant($"{option.Name}: expected at most {MostInDetail} features, found {c}")
                );
        }
        string path = parsed.GetRequiredValue(s_output);
        IReadOnlyList<PolygonPoint> points = PolygonCriticalPoints.Of(c);
        IReadOnlyList<double> samples = parsed.GetValue(s_samples)?.Values ?? [];
        if (samples.Count > MostSamples || samples.Any(n => n < 1))
            throw new InputException(FormattableString.Invariant($"{s_samples.Name}: expected at most {MostSamples} numbers, 1 or more"));
        string[] columns =
        [
            "k",
            "sigma",
            "phi",
            "norm",
            "bias",
            "h",
            "loss",
            "prior",
            "lambda",
            "lambda_source",
            .. spectrum ? (string[])["spectrum"] : [],
            .. samples.Select(n => FormattableString.Invariant($"free_energy_{n}")),
        ];
        CsvFile.Write(path, columns, csv =>
        {
            foreach (PolygonPoint point in points)
                Write(csv, point, spectrum, samples);
        });
        Table(streams.Out, points);
        if (parsed.GetValue(s_transitions))
            Transitions(streams.Out, points);
        if (samples.Count > 0)
            PosteriorTable.Write(streams.Out, points, samples);
        streams.Out.WriteLine(FormattableString.Invariant($"{points.Count} critical points are in {path}"));
        return ExitStatus.Done;
    }

    private static void Write(Utf8CsvWriter csv, PolygonPoint point, bool spectrum, IReadOnlyList<double> samples)
    {
        csv.Integer(point.Polygon);
        csv.Integer(point.Raised);
        csv.Integer(point.Silenced);
        foreach (
            double value in (ReadOnlySpan<double>)[point.Norm, point.Bias, point.H, point.Loss, point.Prior, point.LearningCoefficient]
        )
            csv.Number(value);
        csv.Text(SourceOf(point));
        if (spectrum)
            csv.Text(Multiplicities.Text(point.HessianSpectrum(), SameEigenvalue, Digits));
        foreach (double n in samples)
            csv.Number(PhasePosterior.FreeEnergy(point, n));
        csv.EndRow();
    }

    private static string SourceOf(PolygonPoint point) =>
        point.LambdaSource switch
        {
            CoefficientSource.Literature => "literature",
            CoefficientSource.Derived => "derived",
            _ => "",
        };

    private static void Table(TextWriter writer, IReadOnlyList<PolygonPoint> points)
    {
        var table = new TextTable("point", ">norm", ">bias", ">h", ">loss", ">½‖w‖²", ">λ", "from");
        foreach (PolygonPoint point in points.Where(p => p.Silenced <= 1))
        {
            double lambda = point.LearningCoefficient;
            table.Add(
                point.Name,
                Number(point.Norm),
                Number(point.Bias),
                Number(point.H),
                Number(point.Loss),
                Number(point.Prior),
                double.IsNaN(lambda) ? "" : Number(lambda),
                SourceOf(point)
            );
        }
        table.Write(writer);
        writer.WriteLine();
    }

    private static void Transitions(TextWriter writer, IReadOnlyList<PolygonPoint> points)
    {
        var table = new TextTable("from", "to", ">samples", ">ΔL", ">Δλ", ">Δ½‖w‖²");
        PolygonPoint[] known = [.. points.Where(p => p.LambdaSource != CoefficientSource.None).OrderByDescending(p => p.Loss)];
        foreach (PolygonPoint from in known)
        {
            foreach (PolygonPoint to in known.Where(p => p.Loss < from.Loss))
            {
                double loss = to.Loss - from.Loss,
                    coefficient = to.LearningCoefficient - from.LearningCoefficient,
                    prior = to.Prior - from.Prior;
                double samples = BayesianTransition.CriticalSamples(loss, coefficient, prior);
                if (double.IsNaN(samples))
                    continue;
                table.Add(
                    from.Name,
                    to.Name,
                    samples.ToString("0.0", CultureInfo.InvariantCulture),
                    Number(loss),
                    Number(coefficient),
                    Number(prior)
                );
            }
        }
        table.Write(writer);
        writer.WriteLine();
    }

    private static string Number(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);
}

/// <summary>Prints the polygons that the posterior prefers: the first three for each number of samples.</summary>
internal static class PosteriorTable
{
    private const int Shown = 3;

    public static void Write(TextWriter writer, IReadOnlyList<PolygonPoint> points, IReadOnlyList<double> samples)
    {
        var table = new TextTable(">samples", "preferred", ">free energy", ">share", "then", ">F − first", "then", ">F − first");
        foreach (double n in samples)
        {
            IReadOnlyList<PhaseEnergy> phases = PhasePosterior.At(points, n).Phases;
            List<string> cells =
            [
                n.ToString("0.##", CultureInfo.InvariantCulture),
                phases[0].Point.Name,
                Number(phases[0].FreeEnergy),
                (100 * phases[0].Weight).ToString("0.0", CultureInfo.InvariantCulture) + " %",
            ];
            foreach (PhaseEnergy other in phases.Skip(1).Take(Shown - 1))
                cells.AddRange([other.Point.Name, "+" + Number(other.FreeEnergy - phases[0].FreeEnergy)]);
            while (cells.Count < 4 + (2 * (Shown - 1)))
                cells.Add("");
            table.Add([.. cells]);
        }
        table.Write(writer);
        writer.WriteLine();
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
