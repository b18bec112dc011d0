using Geometry.Words;

namespace Geometry.Training.Specs;

/// <summary>A mapping of the spec whose keys are known.</summary>
internal sealed class SpecSection
{
    private readonly SpecMap _map;
    private readonly string _path;

    /// <exception cref="SpecException">It is not a mapping, or has a key that is not known.</exception>
    public SpecSection(SpecNode node, string path, IReadOnlyList<string> known)
    {
        _path = path;
        _map =
            node as SpecMap
            ?? throw new SpecException(
                node.Line,
                $"{path}: expected a mapping with keys such as {string.Join(", ", known.Take(3))}, found {node.Found}"
            );
        foreach (SpecEntry entry in _map.Entries)
        {
            if (!known.Contains(entry.Key, StringComparer.Ordinal))
                throw new SpecException(
                    entry.Line,
                    $"unknown key '{entry.Key}'{(path.Length > 0 ? " in " + path : "")}; did you mean '{NearestName.Of(entry.Key, known)}'?"
                );
        }
    }

    /// <summary>The line on which the mapping starts.</summary>
    public int Line => _map.Line;

    /// <summary>The full path of a key: <c>data.density</c>.</summary>
    public string PathOf(string key) => _path.Length > 0 ? $"{_path}.{key}" : key;

    /// <summary>The value of a key; null when it is missing.</summary>
    public SpecNode? Find(string key)
    {
        foreach (SpecEntry entry in _map.Entries)
        {
            if (entry.Key == key)
                return entry.Value;
        }
        return null;
    }

    /// <summary>The value of a key that is required.</summary>
    public SpecNode Require(string key) => Find(key) ?? throw new SpecException(Line, $"{PathOf(key)} is missing");

    /// <summary>One of a few words.</summary>
    public T Word<T>(string key, T otherwise, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (Find(key) is not { } node)
            return otherwise;
        var known = new List<string>();
        foreach ((string word, T value) in words)
        {
            if (node is SpecScalar scalar && scalar.Text == word)
                return value;
            known.Add(word);
        }
        string hint = node is SpecScalar { Text: { Length: > 0 } text } ? $"; did you mean '{NearestName.Of(text, known)}'?" : "";
        throw new SpecException(node.Line, $"{PathOf(key)}: expected {string.Join(", ", known)}, found {node.Found}{hint}");
    }

    /// <summary>true or false.</summary>
    public bool Truth(string key, bool otherwise) =>
        Find(key) switch
        {
            null => otherwise,
            SpecScalar { Text: "true", Quoted: false } => true,
            SpecScalar { Text: "false", Quoted: false } => false,
            { } node => throw new SpecException(node.Line, $"{PathOf(key)}: expected true or false, found {node.Found}"),
        };

    /// <summary>One number that is the same for all runs.</summary>
    public int Whole(string key, int otherwise)
    {
        if (Find(key) is not { } node)
            return otherwise;
        if (node is not SpecScalar)
            throw new SpecException(node.Line, $"{PathOf(key)}: expected one whole number for the whole sweep, found {node.Found}");
        return (int)AxisReader.Number(node, PathOf(key), NumberKind.CountOrZero);
    }

    /// <summary>A number or an axis.</summary>
    public Axis Axis(string key, NumberKind kind) => AxisReader.Read(Require(key), PathOf(key), kind);

    /// <summary>A number or an axis, or a default.</summary>
    public Axis Axis(string key, NumberKind kind, double otherwise) =>
        Find(key) is { } node ? AxisReader.Read(node, PathOf(key), kind) : Specs.Axis.Of(otherwise);
}
