namespace Geometry.Labels;

/// <summary>A run that labelling does not take, for a reason that its owner should read; the message is one line.</summary>
public sealed class UnsupportedRunException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    public UnsupportedRunException(string message)
        : base(message) { }
}
