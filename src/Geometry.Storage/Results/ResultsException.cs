using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>
/// An output folder or results database that cannot be used. The message is one line for the user: which path, what was found, what was
/// expected.
/// </summary>
public sealed class ResultsException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    public ResultsException(string message)
        : base(message) { }

    /// <summary>What an error of SQLite means for the person whose database it is.</summary>
    public static ResultsException From(SqliteException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return ResultsFile.Unusable(error.Data[SqliteStatement.PathKey] as string ?? "the database", error);
    }

    /// <summary>Creates the exception with its one-line message and the low-level cause.</summary>
    public ResultsException(string message, Exception inner)
        : base(message, inner) { }
}
