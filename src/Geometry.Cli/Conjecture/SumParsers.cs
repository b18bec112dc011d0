using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Formulas;
using Geometry.Shapes;
using Geometry.Storage.Files;
using Geometry.Synthesis;

namespace Geometry.Cli.Conjecture;

/// <summary>Parses the options of <c>synth</c> and <c>conjecture</c>.</summary>
internal static class SumParsers
{
    /// <exception cref="InputException">The text is not a formula of shapes from the catalogue.</exception>
    public static Formula Formula(string text, ShapeCatalogue catalogue)
    {
        try
        {
            return FormulaParser.Parse(text, catalogue);
        }
        catch (FormatException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    public static NoiseIn NoiseIn(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text is not ("summand" or "ambient"))
            Refuse(result, "summand or ambient");
        return text == "summand" ? Synthesis.NoiseIn.Summand : Synthesis.NoiseIn.Ambient;
    }

    public static double Sigma(ArgumentResult result) => Number(result, v => v >= 0, "a number, 0 or more");

    public static double NormSpread(ArgumentResult result) => Number(result, v => v is >= 0 and < 0.5, "a number from 0 to below 0.5");

    public static double Degrees(ArgumentResult result) => Number(result, v => v is > 0 and <= 90, "an angle above 0, at most 90 degrees");

    private static double Number(ArgumentResult result, Func<double, bool> fits, string expected)
    {
        if (
            double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            && fits(value)
        )
            return value;
        Refuse(result, expected);
        return default;
    }

    private static void Refuse(ArgumentResult result, string expected) =>
        result.AddError(
            $"{(result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name}: expected {expected}, found '{result.Tokens[0].Value}'"
        );
}
