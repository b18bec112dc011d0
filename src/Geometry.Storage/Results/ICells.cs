namespace Geometry.Storage.Results;

/// <summary>The cells of one row with SQLite's types: a row of the database, or one in memory.</summary>
internal interface ICells
{
    /// <summary>SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT or SQLITE_NULL.</summary>
    int Type(int column);

    /// <summary>The value of a cell known to be an integer.</summary>
    long Integer(int column);

    /// <summary>The value of a cell known to be a number with a fraction.</summary>
    double Float(int column);

    /// <summary>The bytes of a cell known to be text, valid until the next row.</summary>
    ReadOnlySpan<byte> Utf8(int column);
}
