using System.Globalization;

namespace Geometry.Planted;

/// <summary>Arguments of the form key=value; a key that nothing asks for is an error.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _given = [];
    private readonly HashSet<string> _asked = [];

    public Arguments(IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
        {
            int at = argument.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new FormatException($"expected key=value, found '{argument}'");
            _given[argument[..at]] = argument[(at + 1)..];
        }
    }

    public string Text(string key, string fallback)
    {
        _asked.Add(key);
        return _given.GetValueOrDefault(key, fallback);
    }

    public double Number(string key, double fallback) =>
        double.Parse(Text(key, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    public int Whole(string key, int fallback) =>
        int.Parse(Text(key, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    public double[] Numbers(string key, string fallback) =>
        [.. Text(key, fallback).Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];

    /// <summary>Throws where something was given that nobody asked for.</summary>
    public void Finish()
    {
        if (_given.Keys.FirstOrDefault(k => !_asked.Contains(k)) is { } unknown)
            throw new FormatException(
                $"unknown key '{unknown}'; expected one of {string.Join(", ", _asked.Order(StringComparer.Ordinal))}"
            );
    }
}
