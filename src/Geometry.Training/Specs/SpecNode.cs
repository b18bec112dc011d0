namespace Geometry.Training.Specs;

/// <summary>A value of a spec with the line it starts on, from 1.</summary>
internal abstract record SpecNode(int Line)
{
    /// <summary>The value for messages.</summary>
    public abstract string Found { get; }
}

/// <summary>A text, number or truth value; a quoted one is always a text.</summary>
internal sealed record SpecScalar(int Line, string Text, bool Quoted) : SpecNode(Line)
{
    private const int MostShown = 40;

    public override string Found =>
        Text.Length == 0 && !Quoted
            ? "nothing"
            : $"{(Quoted ? "the text " : "")}'{(Text.Length > MostShown ? Text[..MostShown] + "…" : Text)}'";
}

/// <summary>A sequence.</summary>
internal sealed record SpecList(int Line, IReadOnlyList<SpecNode> Items) : SpecNode(Line)
{
    public override string Found => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>A mapping; its keys are distinct.</summary>
internal sealed record SpecMap(int Line, IReadOnlyList<SpecEntry> Entries) : SpecNode(Line)
{
    public override string Found => Entries.Count == 0 ? "an empty mapping" : $"a mapping with the key '{Entries[0].Key}'";
}

/// <summary>One key of a mapping with its value.</summary>
internal sealed record SpecEntry(string Key, int Line, SpecNode Value);

/// <summary>A sweep spec that cannot be used; the message is one line: where, what was found, what was expected.</summary>
public sealed class SpecException : Exception
{
    /// <summary>Makes the exception; its message starts with the line.</summary>
    /// <param name="line">Line of the spec, from 1.</param>
    /// <param name="message">What is wrong there.</param>
    public SpecException(int line, string message)
        : base(FormattableString.Invariant($"line {line}: {message}").ReplaceLineEndings(" ")) => Line = line;

    /// <summary>Line of the spec, from 1.</summary>
    public int Line { get; }
}
