using System.CommandLine.Parsing;

namespace Geometry.Cli.Phases;

/// <summary>What a phase picture shows in its cells.</summary>
internal enum PhaseValue
{
    Label,
    Formula,
    Dims,
    Learned,
    Loss,
}

/// <summary>The names of the values on the command line.</summary>
internal static class PhaseValues
{
    public static PhaseValue Parse(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "label":
                return PhaseValue.Label;
            case "formula":
                return PhaseValue.Formula;
            case "dims":
                return PhaseValue.Dims;
            case "learned":
                return PhaseValue.Learned;
            case "loss":
                return PhaseValue.Loss;
            default:
                result.AddError($"--value: expected label, formula, dims, learned or loss, found '{result.Tokens[0].Value}'");
                return default;
        }
    }

    public static string Describe(PhaseValue value) =>
        value switch
        {
            PhaseValue.Label => "dominant label",
            PhaseValue.Formula => "dominant formula",
            PhaseValue.Dims => "mean dims per feature D*",
            PhaseValue.Learned => "mean number of learned features",
            _ => "mean loss",
        };
}
