namespace Geometry.Training.Specs;

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
