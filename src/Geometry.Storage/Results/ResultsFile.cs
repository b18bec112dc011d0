using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>What a file called results.sqlite turns out to be.</summary>
internal enum ResultsFileState
{
    /// <summary>An empty file, or a database without content.</summary>
    Empty,

    /// <summary>A results database of this version.</summary>
    Ours,

    /// <summary>A results database of another version.</summary>
    OtherVersion,

    /// <summary>A database of another program.</summary>
    Foreign,
}

/// <summary>Recognises our databases before anything is written.</summary>
internal static class ResultsFile
{
    public static ResultsFileState Inspect(string path, SqliteConnection connection)
    {
        using var header = new SqliteStatement(
            connection,
            "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT "
                + "count(*) FROM sqlite_master)"
        );
        header.Read();
        long application = header.Integer(0),
            version = header.Integer(1),
            objects = header.Integer(2);
        if (application == ResultsSchema.ApplicationId)
            return version == ResultsSchema.Version ? ResultsFileState.Ours : ResultsFileState.OtherVersion;
        return application == 0 && objects == 0 ? ResultsFileState.Empty : ResultsFileState.Foreign;
    }

    /// <summary>Inspects a file that must exist; SQLite first rolls back a journal that a killed process left.</summary>
    /// <exception cref="ResultsException">It is not a database, or damaged.</exception>
    public static ResultsFileState Inspect(string path)
    {
        try
        {
            using SqliteConnection connection = ResultsDatabase.Connect(path);
            return Inspect(path, connection);
        }
        catch (SqliteException e)
        {
            throw Unusable(path, e);
        }
    }

    public static ResultsException NotOurs(string path) =>
        new($"{path}: a database, but not one of geometry's; move it away or choose another --out");

    public static ResultsException Unusable(string path, SqliteException e) =>
        e.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_NOTADB => new ResultsException($"{path}: not a results database; move it away or choose another --out", e),
            SQLitePCL.raw.SQLITE_ERROR => new ResultsException($"{path}: {Reason(e)} (the database is damaged, or of another program?)", e),
            SQLitePCL.raw.SQLITE_CORRUPT => new ResultsException($"{path}: the database is damaged; move it away and label again", e),
            _ => new ResultsException($"{path}: {Reason(e)}", e),
        };

    /// <summary>SQLite's own words, without the wrapper's prefix.</summary>
    public static string Reason(SqliteException e)
    {
        int open = e.Message.IndexOf('\'', StringComparison.Ordinal),
            close = e.Message.LastIndexOf('\'');
        return (close > open ? e.Message[(open + 1)..close] : e.Message).ReplaceLineEndings(" ");
    }
}
