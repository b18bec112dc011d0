using System.Runtime.InteropServices;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>
/// The calls that are made for every cell and row, straight into the library that SQLitePCLRaw brings, and how that is set up.
/// </summary>
/// <remarks>
/// A call through the wrapper counts uses of a handle, switches the collector's mode and takes the connection's mutex: about 60 ns, several
/// million times. Binding and column calls only move a value, so they suppress the switch; stepping does work and reads files, so it does
/// not. Source: "The C language interface to SQLite", sqlite.org/c3ref; names without the prefix <c>sqlite3_</c>.
/// </remarks>
internal static unsafe partial class NativeSqlite
{
    private const string Library = "e_sqlite3";
    private const int MultiThread = 2,
        MemoryStatus = 9;

    static NativeSqlite()
    {
        Batteries_V2.Init();
        // No connection here is used by two threads at once, and nobody asks how much memory SQLite has: neither needs a mutex a call.
        // Once SQLite is initialised by somebody else both calls are refused; it then is as safe, and slower.
        _ = raw.sqlite3_config(MultiThread);
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <summary>Tells SQLite to copy a bound text at once (SQLITE_TRANSIENT).</summary>
    public static nint Copy => -1;

    /// <summary>Tells SQLite that a bound text stays where it is (SQLITE_STATIC).</summary>
    public static nint InPlace => 0;

    /// <summary>Sets SQLite up; to be called before the first connection.</summary>
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
