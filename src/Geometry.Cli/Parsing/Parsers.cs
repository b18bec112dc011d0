using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Cli.Training;
using Geometry.Labels;
using Geometry.Storage.Sweeps;
using Geometry.Training.Sweeps;
using Geometry.Words;

namespace Geometry.Cli.Parsing;

/// <summary>Parses the values of options: invariant culture, ranges checked, one line per error.</summary>
internal static class Parsers
{
    /// <summary>The beginning of the message about an unknown option.</summary>
    public const string UnknownOption = "unknown option";

    /// <summary>
    /// Refuses arguments that look like options. A file may have any name, so a mistyped option would pass for one; such names need
    /// <c>./</c> before them.
    /// </summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.StartsWith('-') && token.Value.Length > 1)
                result.AddError($"{UnknownOption} '{token.Value}'");
        }
    }

    /// <summary>Refuses the empty text as a path, which results from an unset variable of the shell.</summary>
    public static void RefuseEmpty(OptionResult result)
    {
        if (result.Tokens.Any(t => t.Value.Length == 0))
            result.AddError($"{result.Option.Name}: expected a {result.Option.HelpName}, found ''");
    }

    public static int AtLeastOne(ArgumentResult result) => AtLeast(result, 1);

    public static int AtLeast(ArgumentResult result, int least)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least)
            return value;
        return Error<int>(result, FormattableString.Invariant($"a whole number, {least} or more"));
    }

    public static int Between(ArgumentResult result, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
        )
            return value;
        return Error<int>(result, FormattableString.Invariant($"a whole number from {least} to {most}"));
    }

    public static double? Degrees(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 90)
            return value;
        return Error<double>(result, "an angle above 0, at most 90 degrees");
    }

    public static int NotNegative(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= 0)
            return value;
        return Error<int>(result, "a whole number, 0 or more");
    }

    public static double Share(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1)
            return value;
        return Error<double>(result, "a number above 0, at most 1");
    }

    public static InstanceSet? Instances(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        InstanceSet? set = InstanceSet.TryParse(text);
        if (set is null)
            result.AddError($"--instances: expected indices and ranges such as 3,5-9, found '{text}'");
        return set;
    }

    public static WeightLayout Layout(ArgumentResult result) =>
        result.Tokens[0].Value switch
        {
            "features-first" => WeightLayout.FeaturesFirst,
            "hidden-first" => WeightLayout.HiddenFirst,
            _ => Error<WeightLayout>(result, "features-first or hidden-first"),
        };

    /// <summary>The words of <c>--route</c>.</summary>
    private static readonly Dictionary<string, SummandRoute> s_routes = new(StringComparer.Ordinal)
    {
        ["planes"] = SummandRoute.Planes,
        ["blocks"] = SummandRoute.Blocks,
        ["both"] = SummandRoute.Both,
    };

    public static SummandRoute Route(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (s_routes.TryGetValue(text, out SummandRoute route))
            return route;
        result.AddError($"--route: expected planes, blocks or both, found '{text}'; did you mean '{NearestName.Of(text, s_routes.Keys)}'?");
        return default;
    }

    /// <summary>The word of <c>--route</c> for a route.</summary>
    public static string WordOf(SummandRoute route) => s_routes.Single(r => r.Value == route).Key;

    public static int WholeNumber(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            return value;
        return Error<int>(result, "a whole number");
    }

    public static Shard Shard(ArgumentResult result)
    {
        if (Geometry.Training.Sweeps.Shard.TryParse(result.Tokens[0].Value) is { } shard)
            return shard;
        Error<int>(result, "i/N with i from 1 to N");
        return Geometry.Training.Sweeps.Shard.Whole;
    }

    public static string Engine(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text is not (Engines.Cpu or Engines.Torch))
            Error<int>(result, $"{Engines.Cpu} or {Engines.Torch}");
        return text;
    }

    private static T Error<T>(ArgumentResult result, string expected)
        where T : struct
    {
        string option = (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
        result.AddError($"{option}: expected {expected}, found '{result.Tokens[0].Value}'");
        return default;
    }
}
