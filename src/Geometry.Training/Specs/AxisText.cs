namespace Geometry.Training.Specs;

/// <summary>Axes and importances on a command line: in the notation of specs, and <c>a,b,c</c> for a list.</summary>
public static class AxisText
{
    /// <summary>Whole numbers, 1 or more.</summary>
    /// <param name="text">The text of the option.</param>
    /// <param name="name">The option, for messages.</param>
    /// <exception cref="FormatException">The text is not such an axis; the message is one line with the option, what was found and what was
    /// expected.</exception>
    public static Axis Counts(string text, string name) => Read(text, name, NumberKind.Count);

    /// <summary>Densities, in (0, 1].</summary>
    /// <inheritdoc cref="Counts"/>
    public static Axis Densities(string text, string name) => Read(text, name, NumberKind.Density);

    /// <summary>Numbers above 0.</summary>
    /// <inheritdoc cref="Counts"/>
    public static Axis Positive(string text, string name) => Read(text, name, NumberKind.Positive);

    /// <summary>Numbers, 0 or more.</summary>
    /// <inheritdoc cref="Counts"/>
    public static Axis NotNegative(string text, string name) => Read(text, name, NumberKind.NotNegative);

    /// <summary>One number, <c>{ decay: r }</c>, <c>{ last: r }</c>, or a list with one number per feature.</summary>
    /// <param name="text">The text of the option.</param>
    /// <param name="name">The option, for messages.</param>
    /// <param name="features">The numbers of features to which it applies.</param>
    /// <exception cref="FormatException">The text is none of these, or does not fit the numbers of features.</exception>
    public static ImportanceRule Importance(string text, string name, Axis features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ImportanceRule rule = Parse(text, name, node => DataRules.ReadImportance(node, name, features));
        if (rule.Value is { Count: > 1 })
            throw new FormatException($"{name}: expected one rule of importance, found {rule.Value.ToYaml()}");
        return rule;
    }

    private static Axis Read(string text, string name, NumberKind kind) => Parse(text, name, node => AxisReader.Read(node, name, kind));

    private static T Parse<T>(string text, string name, Func<SpecNode, T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Key = "value";
        string trimmed = text.Trim(),
            value = trimmed.Contains(',', StringComparison.Ordinal) && trimmed[0] is not ('[' or '{') ? $"[{trimmed}]" : trimmed;
        try
        {
            SpecMap map = SpecTree.Read($"{Key}: {value}");
            if (map.Entries.Count != 1)
                throw new FormatException($"{name}: expected one axis, found '{text}'");
            return read(map.Entries[0].Value);
        }
        catch (SpecException e)
        {
            // The error names a line, which means nothing on a command line.
            string reason = e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            throw new FormatException(reason.StartsWith(name, StringComparison.Ordinal) ? reason : $"{name}: {reason}, found '{text}'", e);
        }
    }
}
