using System.IO.Hashing;
using System.Numerics;
using System.Text;
using Geometry.Storage.Sweeps;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>Checksums of database rows, which detect bytes that a disk or a copy changed.</summary>
/// <remarks>
/// A row's checksum is the sum over its cells of a 64-bit hash of column name and value, folded to 32 bits. It therefore depends neither on
/// the order of the columns nor on columns that were added later. Empty cells do not count, and neither do source and instance where
/// merging changes them (<see cref="ResultsCheck"/> finds rows under a wrong key by counting). Numbers are hashed as doubles, however
/// SQLite stores them. A damaged row passes with probability 2⁻³².
/// </remarks>
internal sealed class RowChecksum
{
    /// <summary>Name of the column with the checksum.</summary>
    public const string Column = RunColumns.Checksum;

    private readonly ulong[] _seeds;

    /// <param name="columns">Names of the cells, in order; the checksum may be one of them.</param>
    /// <param name="withKey">Whether source and instance count too, as in tables that are never merged.</param>
    public RowChecksum(IReadOnlyList<string> columns, bool withKey = false)
    {
        _seeds = [.. columns.Select(name => name == Column || (!withKey && name is ("source" or "instance")) ? 0 : Seed(name))];
        Place = columns.ToList().IndexOf(Column);
    }

    /// <summary>Index of the checksum among the cells; −1 when it is not there.</summary>
    public int Place { get; }

    /// <summary>The term of a number in the sum; NaN is an empty cell, and −0 is 0.</summary>
    public ulong Cell(int column, double value)
    {
        ulong seed = _seeds[column];
        return seed == 0 || double.IsNaN(value) ? 0 : Mix(seed ^ BitConverter.DoubleToUInt64Bits(value + 0.0));
    }

    /// <summary>The term of a text in the sum.</summary>
    public ulong Cell(int column, ReadOnlySpan<byte> utf8)
    {
        ulong seed = _seeds[column];
        return seed == 0 ? 0 : XxHash3.HashToUInt64(utf8, (long)seed);
    }

    /// <summary>Folds a sum to 32 bits.</summary>
    public static long Fold(ulong sum) => (uint)(sum ^ (sum >> 32));

    /// <summary>Whether a row is as it was stored.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">Index of the row's column that is the first cell.</param>
    public bool Holds<TCells>(TCells row, int first)
        where TCells : ICells
    {
        ulong sum = 0;
        for (int column = 0; column < _seeds.Length; column++)
        {
            if (_seeds[column] == 0)
                continue;
            int type = row.Type(first + column);
            if (type == raw.SQLITE_NULL)
                continue;
            if (type == raw.SQLITE_FLOAT)
                sum += Cell(column, row.Float(first + column));
            else if (type == raw.SQLITE_INTEGER)
                sum += Cell(column, row.Integer(first + column));
            else
                sum += Cell(column, row.Utf8(first + column));
        }
        return Place >= 0 && row.Type(first + Place) == raw.SQLITE_INTEGER && row.Integer(first + Place) == Fold(sum);
    }

    private static ulong Seed(string name) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name.ToLowerInvariant())) | 1;

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return BitOperations.RotateLeft(z ^ (z >> 31), 32);
    }
}

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
