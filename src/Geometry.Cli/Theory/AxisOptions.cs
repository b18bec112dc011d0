using System.CommandLine;
using System.CommandLine.Parsing;
using Geometry.Storage.Files;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary>Options whose values are axes, as in a spec: a number, <c>a,b,c</c>, or <c>{ logspace: [from, to, count] }</c>.</summary>
internal static class AxisOptions
{
    private const string HelpName = "axis";

    /// <summary>An option that one of the methods of <see cref="AxisText"/> reads.</summary>
    /// <param name="name">The option's name, with its dashes.</param>
    /// <param name="description">The text of the help.</param>
    /// <param name="read">(text, name of the option) → the axis.</param>
    /// <param name="standard">The axis where the option is not given; null makes the option required.</param>
    public static Option<Axis> Create(string name, string description, Func<string, string, Axis> read, Axis? standard = null)
    {
        var option = new Option<Axis>(name)
        {
            Description = description,
            HelpName = HelpName,
            Required = standard is null,
            CustomParser = result => Parse(result, name, read),
        };
        if (standard is not null)
            option.DefaultValueFactory = _ => standard;
        return option;
    }

    /// <summary>The values of an axis from <see cref="AxisText.Counts"/> as integers.</summary>
    public static int[] Counts(Axis axis) => [.. axis.Values.Select(v => (int)v)];

    /// <summary>Reads a value that depends on other options.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    private static Axis? Parse(ArgumentResult result, string name, Func<string, string, Axis> read)
    {
        try
        {
            return read(result.Tokens[0].Value, name);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }
}

/// <summary>Options that every subcommand of <c>geometry theory</c> has.</summary>
internal static class TheoryOptions
{
    public static Option<string> Output() =>
        new("--out")
        {
            Description = "The table, CSV; replaced when it is there.",
            HelpName = "file",
            Required = true,
        };

    public static Option<string?> Figure(string shows) => new("--figure") { Description = $"A figure as SVG: {shows}.", HelpName = "file" };
}
