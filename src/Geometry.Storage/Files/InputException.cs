namespace Geometry.Storage.Files;

/// <summary>
/// An input that cannot be used. The message is one line for the user: what was found, what was expected, and where (key, instance). It
/// does not name the file, which the caller prints before it.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    public InputException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its one-line message and the low-level cause.</summary>
    public InputException(string message, Exception inner)
        : base(message, inner) { }
}
