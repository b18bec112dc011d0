using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.LinearAlgebra;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Theory;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary><c>geometry theory linear --spectrum λ… --hidden d --out FILE.csv</c></summary>
internal static class LinearCommand
{
    private const int MostRows = 24;
    private const double Symmetric = 1e-9;

    private static readonly Option<double[]?> s_spectrum = new("--spectrum") { Description = "Eigenvalues of the data's covariance, a,b,c.", HelpName = "numbers", CustomParser = Numbers };

    private static readonly Option<string?> s_covariance = new("--covariance") { Description = "Instead: the covariance, a symmetric positive matrix in an npy file.", HelpName = "file" };

    private static readonly Option<int?> s_features = new("--features") { Description = "Instead, with --density: sparse data of n features, each uniform on [0,1] or 0.", HelpName = "n", CustomParser = r => Parsers.AtLeastOne(r) };

    private static readonly Option<double?> s_density = new("--density") { Description = "Density of the sparse data, above 0, at most 1.", HelpName = "p", CustomParser = r => Parsers.Share(r) };

    private static readonly Option<string> s_importance = new("--importance")
    {
        Description = "Importance of the sparse data's features: one number, { decay: r }, { last: r }, or a list.", HelpName = "rule", DefaultValueFactory = _ => "1",
    };

    private static readonly Option<bool> s_bias = new("--bias") { Description = "The model has a bias, so that the sparse data's mean drops out." };

    private static readonly Option<int> s_hidden = new("--hidden") { Description = "Hidden dimensions d, at most as many as eigenvalues.", HelpName = "d", Required = true, CustomParser = Parsers.AtLeastOne };

    private static readonly Option<string> s_output = TheoryOptions.Output();

    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "linear", "Every critical point of a linear autoencoder, tied or not: a subset of eigenvectors, its loss and its Morse index.",
            "geometry theory linear --spectrum 3,2,1 --hidden 2 --out linear.csv")
        {
            s_spectrum, s_covariance, s_features, s_density, s_importance, s_bias, s_hidden, s_output,
        };
        command.SetAction((parsed, _) => Task.FromResult(Run(streams, parsed)));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed)
    {
        double[] spectrum = Spectrum(parsed);
        IReadOnlyList<LinearCriticalPoint> points;
        try
        {
            points = LinearCriticalPoints.Of(spectrum, parsed.GetValue(s_hidden));
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--hidden, --spectrum: {e.Message.Split(" (Parameter", StringSplitOptions.None)[0]}", e);
        }
        string path = parsed.GetRequiredValue(s_output);
        CsvFile.Write(path, ["subset", "rank", "loss", "morse_index", "kind"], csv =>
        {
            foreach (LinearCriticalPoint point in points)
            {
                csv.Text(string.Join(' ', point.Subset));
                csv.Integer(point.Rank);
                csv.Number(point.Loss);
                csv.Integer(point.MorseIndex);
                csv.Text(KindOf(point));
                csv.EndRow();
            }
        });
        var table = new TextTable("subset", ">rank", ">loss", ">Morse index", "kind");
        foreach (LinearCriticalPoint point in points.Take(MostRows))
        {
            table.Add(
                point.Rank == 0 ? "none" : string.Join(' ', point.Subset), Text(point.Rank), point.Loss.ToString("0.######", CultureInfo.InvariantCulture),
                point.MorseIndex.ToString(CultureInfo.InvariantCulture), KindOf(point));
        }
        if (points.Count > MostRows) table.Add(FormattableString.Invariant($"{points.Count - MostRows} more"), "", "", "", "");
        table.Write(streams.Out);
        streams.Out.WriteLine();
        streams.Out.WriteLine($"eigenvalues, counted from 0: {string.Join(' ', spectrum.Select(v => v.ToString("0.######", CultureInfo.InvariantCulture)))}");
        if (LinearCriticalPoints.IsDegenerate(spectrum)) streams.Out.WriteLine("the spectrum is degenerate: eigenvectors of equal eigenvalues may be mixed, and the points that are marked so belong to continua");
        streams.Out.WriteLine(FormattableString.Invariant($"{points.Count} critical points are in {path}"));
        return ExitStatus.Done;
    }

    /// <summary>The eigenvalues from whichever of the three ways was used.</summary>
    private static double[] Spectrum(ParseResult parsed)
    {
        // An option of numbers that is not given has none of them.
        double[]? typed = parsed.GetValue(s_spectrum) is { Length: > 0 } numbers ? numbers : null;
        string? file = parsed.GetValue(s_covariance);
        int? features = parsed.GetValue(s_features);
        if ((typed is null ? 0 : 1) + (file is null ? 0 : 1) + (features is null ? 0 : 1) != 1)
            throw new InputException("linear: expected one of --spectrum, --covariance, and --features with --density");
        if (typed is not null) return typed;
        if (file is not null) return SpectrumOf(file);
        double density = parsed.GetValue(s_density) ?? throw new InputException("--features: expected --density with it");
        ImportanceRule rule = AxisOptions.Read(() => AxisText.Importance(parsed.GetRequiredValue(s_importance), s_importance.Name, Axis.Of(features!.Value)));
        return SparseCovariance.Spectrum(density, rule.Importances(rule.Value?.Values[0] ?? 0, features!.Value), parsed.GetValue(s_bias));
    }

    private static double[] SpectrumOf(string file)
    {
        (double[] entries, int rows, int columns) = MatrixFile.Read(file);
        if (rows != columns) throw new InputException(FormattableString.Invariant($"--covariance {file}: expected a square matrix, found {rows}×{columns}"));
        double scale = entries.Max(Math.Abs);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!(Math.Abs(entries[(i * rows) + j] - entries[(j * rows) + i]) <= Symmetric * scale))
                    throw new InputException(FormattableString.Invariant($"--covariance {file}: expected a symmetric matrix, found {entries[(i * rows) + j]} in row {i}, column {j} and {entries[(j * rows) + i]} in row {j}, column {i}"));
            }
        }
        double[] spectrum = new double[rows];
        SymmetricEigen.Decompose(entries, rows, spectrum, []);
        return spectrum;
    }

    private static string KindOf(LinearCriticalPoint point) => (point.IsDegenerate ? "degenerate " : "") + (point.IsMinimum ? "minimum" : "saddle");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static double[]? Numbers(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        var values = new List<double>();
        foreach (string part in text.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value > 0 && double.IsFinite(value)))
            {
                result.AddError($"--spectrum: expected numbers above 0, as in 3,2,1, found '{text}'");
                return null;
            }
            values.Add(value);
        }
        return [.. values];
    }
}
