using System.CommandLine;
using System.CommandLine.Parsing;
using Geometry.Storage.Files;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary>Options whose values are axes, as in a spec: a number, <c>a,b,c</c>, or <c>{ logspace: [from, to, count] }</c>.</summary>
internal static class AxisOptions
{
    private const string HelpName = "axis";

    /// <summary>An option that is read by one of the methods of <see cref="AxisText"/>.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">For the help.</param>
    /// <param name="read">What was typed and the option's name → the axis.</param>
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

    /// <summary>Whole numbers of an axis of <see cref="AxisText.Counts"/>.</summary>
    public static int[] Counts(Axis axis) => [.. axis.Values.Select(v => (int)v)];

    /// <summary>Something that can be read only once other options are known.</summary>
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
