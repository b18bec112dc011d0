using System.Runtime.InteropServices;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>
/// The calls of SQLite that are made for every cell and row, bound directly to the library that SQLitePCLRaw includes, and its set-up.
/// </summary>
/// <remarks>
/// A call through the wrapper counts the uses of a handle, switches the mode of the garbage collector and takes the connection's mutex:
/// about 60 ns, several million times. Inserts take a third of the time of Microsoft.Data.Sqlite (docs/packages.md has the figures).
/// Binding and column calls only move a value, so they suppress the switch; stepping works and reads files, so it does not. Source: "The C
/// language interface to SQLite", sqlite.org/c3ref; the names lack the prefix <c>sqlite3_</c>.
/// </remarks>
internal static unsafe partial class NativeSqlite
{
    private const string Library = "e_sqlite3";
    private const int MultiThread = 2,
        MemoryStatus = 9;

    static NativeSqlite()
    {
        Batteries_V2.Init();
        // No connection here is used by two threads at once, and nothing asks how much memory SQLite uses, so no call needs a mutex for
        // either. Both settings are refused where SQLite has been initialised before; it is then just as safe, but slower.
        _ = raw.sqlite3_config(MultiThread);
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <summary>Tells SQLite to copy a bound text at once (SQLITE_TRANSIENT).</summary>
    public static nint Copy => -1;

    /// <summary>Tells SQLite that a bound text stays where it is (SQLITE_STATIC).</summary>
    public static nint InPlace => 0;

    /// <summary>Sets SQLite up; must be called before the first connection.</summary>
    public static void Prepare()
    {
        // The static constructor does it, once.
    }

#pragma warning disable IDE1006 // SQLite's names.
    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    public static partial int bind_null(nint statement, int parameter);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    public static partial int bind_int64(nint statement, int parameter, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double"), SuppressGCTransition]
    public static partial int bind_double(nint statement, int parameter, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    public static partial int bind_text(nint statement, int parameter, byte* utf8, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int column_type(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long column_int64(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    public static partial double column_double(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_text"), SuppressGCTransition]
    public static partial byte* column_text(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    public static partial int column_bytes(nint statement, int column);
#pragma warning restore IDE1006
}
