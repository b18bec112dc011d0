namespace Geometry.Cli.Output;

/// <summary>A table in plain text: a header, a rule, rows; columns two blanks apart.</summary>
/// <param name="columns">Texts of the header; a leading '&gt;' marks a column of numbers, aligned right.</param>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"expected {columns.Length} cells, found {cells.Length}", nameof(cells));
        _rows.Add(cells);
    }

    public void Write(TextWriter writer)
    {
        string[] header = [.. columns.Select(c => c.TrimStart('>'))];
        int[] widths = [.. header.Select((h, i) => _rows.Select(r => r[i].Length).Append(h.Length).Max())];
        Line(writer, header, widths);
        writer.WriteLine(new string('─', widths.Sum() + (2 * (widths.Length - 1))));
        foreach (string[] row in _rows)
            Line(writer, row, widths);
    }

    private void Line(TextWriter writer, string[] cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((c, i) => columns[i].StartsWith('>') ? c.PadLeft(widths[i]) : c.PadRight(widths[i]));
        writer.WriteLine(string.Join("  ", padded).TrimEnd());
    }
}
