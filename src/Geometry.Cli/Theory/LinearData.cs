using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Cli.Parsing;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Theory;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary>The data of a linear model, from one of the three options for it.</summary>
/// <param name="Spectrum">The eigenvalues of Σ, in the order that was given, or else descending.</param>
/// <param name="Covariance">Σ, row-major.</param>
internal sealed record LinearData(IReadOnlyList<double> Spectrum, double[] Covariance)
{
    private const double Symmetric = 1e-9;

    /// <summary>Largest number of features; a covariance matrix of this size is decomposed in seconds.</summary>
    private const int MostFeatures = 1024;

    private static readonly Option<double[]?> s_spectrum = new("--spectrum")
    {
        Description = "Eigenvalues of the data's covariance, a,b,c.",
        HelpName = "numbers",
        CustomParser = Numbers,
    };

    private static readonly Option<string?> s_covariance = new("--covariance")
    {
        Description = "Instead: the covariance, a symmetric positive matrix in an npy file.",
        HelpName = "file",
    };

    private static readonly Option<int?> s_features = new("--features")
    {
        Description = "Instead, with --density: sparse data of n features, each uniform on [0,1] or 0.",
        HelpName = "n",
        CustomParser = r => Parsers.AtLeastOne(r),
    };

    private static readonly Option<double?> s_density = new("--density")
    {
        Description = "Density of the sparse data, above 0, at most 1.",
        HelpName = "p",
        CustomParser = r => Parsers.Share(r),
    };

    private static readonly Option<string> s_importance = new("--importance")
    {
        Description = "Importance of the sparse data's features: one number, { decay: r }, { last: r }, or a list.",
        HelpName = "rule",
        DefaultValueFactory = _ => "1",
    };

    private static readonly Option<bool> s_bias = new("--bias")
    {
        Description = "The model has a bias, so that the sparse data's mean drops out.",
    };

    public static void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[s_spectrum, s_covariance, s_features, s_density, s_importance, s_bias])
            command.Options.Add(option);
    }

    public static LinearData Of(ParseResult parsed)
    {
        // An option of numbers that is not given has an empty array.
        double[]? typed = parsed.GetValue(s_spectrum) is { Length: > 0 } numbers ? numbers : null;
        string? file = parsed.GetValue(s_covariance);
        int? features = parsed.GetValue(s_features);
        if ((typed is null ? 0 : 1) + (file is null ? 0 : 1) + (features is null ? 0 : 1) != 1)
            throw new InputException("linear: expected one of --spectrum, --covariance, and --features with --density");
        if (typed is not null)
            return new LinearData(typed, Diagonal(typed));
        if (file is not null)
            return Read(file);
        int n = features!.Value;
        if (n > MostFeatures)
            throw new InputException(FormattableString.Invariant($"--features: expected at most {MostFeatures}, found {n}"));
        double density = parsed.GetValue(s_density) ?? throw new InputException("--features: expected --density with it");
        ImportanceRule rule = AxisOptions.Read(() =>
            AxisText.Importance(parsed.GetRequiredValue(s_importance), s_importance.Name, Axis.Of(n))
        );
        double[] covariance = SparseCovariance.Matrix(density, rule.Importances(rule.Value?.Values[0] ?? 0, n), parsed.GetValue(s_bias));
        return new LinearData(SparseCovariance.Spectrum(covariance, n), covariance);
    }

    private static LinearData Read(string file)
    {
        (double[] entries, int rows, int columns) = MatrixFile.Read(file);
        if (rows != columns)
            throw new InputException(FormattableString.Invariant($"--covariance {file}: expected a square matrix, found {rows}×{columns}"));
        if (rows > MostFeatures)
            throw new InputException(
                FormattableString.Invariant($"--covariance {file}: expected at most {MostFeatures} rows, found {rows}")
            );
        double scale = entries.Max(Math.Abs);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (double below, double above) = (entries[(i * rows) + j], entries[(j * rows) + i]);
                if (!(Math.Abs(below - above) <= Symmetric * scale))
                    throw new InputException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"--covariance {file}: expected a symmetric matrix, found {below} in row {i}, column {j} and {above} in "
                                + $"row {j}, column {i}"
                        )
                    );
            }
        }
        return new LinearData(SparseCovariance.Spectrum(entries, rows), entries);
    }

    private static double[] Diagonal(double[] values)
    {
        double[] matrix = new double[values.Length * values.Length];
        for (int i = 0; i < values.Length; i++)
            matrix[(i * values.Length) + i] = values[i];
        return matrix;
    }

    private static double[]? Numbers(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        var values = new List<double>();
        foreach (string part in text.Split(','))
        {
            if (
                !double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                || !(value > 0 && double.IsFinite(value))
            )
            {
                result.AddError($"--spectrum: expected numbers above 0, as in 3,2,1, found '{text}'");
                return null;
            }
            values.Add(value);
        }
        return [.. values];
    }
}
