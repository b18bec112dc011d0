using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Geometry.Training.Specs;

/// <summary>Turns YAML text into nodes with their lines: one document of plain scalars, sequences and mappings.</summary>
/// <remarks>
/// A spec needs no anchors, aliases or tags, which can make a small YAML file expand to a large one: all three are refused, and so are
/// duplicate keys, more than 1 MiB of text and nesting beyond 16 levels. O(text).
/// </remarks>
internal static class SpecTree
{
    private const int MostCharacters = 1 << 20;
    private const int MostLevels = 16;

    /// <param name="text">The document.</param>
    /// <param name="keys">The keys that its mapping should have, for messages.</param>
    /// <exception cref="SpecException">The text is not such a document.</exception>
    public static SpecMap Read(string text, string keys = "model, data and train")
    {
        if (text.Length > MostCharacters)
            throw new SpecException(1, $"the spec has {text.Length} characters; expected at most {MostCharacters}");
        var parser = new Parser(new StringReader(text));
        try
        {
            return ReadDocument(parser, keys);
        }
        catch (YamlException e)
        {
            throw new SpecException((int)Math.Max(1, e.Start.Line), "not valid YAML: " + Reason(e));
        }
        catch (ArgumentException)
        {
            // The scanner has read the tag before this check, including brackets, which no URI has.
            throw new SpecException(
                parser.Current is { } last ? LineOf(last) : 1,
                "not valid YAML behind this line: a tag that is no URI; a spec has no tags"
            );
        }
        catch (InvalidOperationException)
        {
            // The scanner's queue is empty after some stray braces and quotes.
            throw new SpecException(
                parser.Current is { } last ? LineOf(last) : 1,
                "not valid YAML behind this line; expected every brace, bracket and quote closed"
            );
        }
    }

    private static SpecMap ReadDocument(Parser parser, string keys)
    {
        Next<StreamStart>(parser);
        parser.MoveNext();
        if (parser.Current is not DocumentStart)
            throw new SpecException(1, $"the spec is empty; expected a mapping with the keys {keys}");
        parser.MoveNext();
        SpecNode root = Read(parser, 0);
        Next<DocumentEnd>(parser);
        parser.MoveNext();
        if (parser.Current is DocumentStart second)
            throw new SpecException(LineOf(second), "a second document starts here; expected one spec a file");
        return root as SpecMap ?? throw new SpecException(root.Line, $"expected a mapping with the keys {keys}, found {root.Found}");
    }

    /// <summary>Reads the node that starts at the current event, and stops at its last event.</summary>
    private static SpecNode Read(Parser parser, int level)
    {
        ParsingEvent start = parser.Current!;
        int line = LineOf(start);
        if (level > MostLevels)
            throw new SpecException(line, $"nested more than {MostLevels} levels deep");
        if (start is AnchorAlias alias)
            throw new SpecException(line, $"'*{alias.Value}' is an alias; write the value out");
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
            throw new SpecException(line, $"'&{anchored.Anchor}' is an anchor; write values out where they are used");
        if (start is NodeEvent { Tag: { IsEmpty: false } tag })
            throw new SpecException(line, $"'{(tag.IsNonSpecific ? "!" : tag.Value)}' is a tag; a spec has none");
        switch (start)
        {
            case Scalar scalar:
                return new SpecScalar(line, scalar.Value, scalar.Style != ScalarStyle.Plain);
            case SequenceStart:
                var items = new List<SpecNode>();
                for (parser.MoveNext(); parser.Current is not SequenceEnd; parser.MoveNext())
                    items.Add(Read(parser, level + 1));
                return new SpecList(line, items);
            case MappingStart:
                return ReadMap(parser, line, level);
            default:
                throw new SpecException(line, $"unexpected {start.GetType().Name}");
        }
    }

    private static SpecMap ReadMap(Parser parser, int line, int level)
    {
        var entries = new List<SpecEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (parser.MoveNext(); parser.Current is not MappingEnd; parser.MoveNext())
        {
            SpecNode key = Read(parser, level + 1);
            if (key is not SpecScalar { Text: { Length: > 0 } name })
                throw new SpecException(key.Line, $"expected a key, found {key.Found}");
            if (!lines.TryAdd(name, key.Line))
                throw new SpecException(key.Line, FormattableString.Invariant($"the key '{name}' is on line {lines[name]} already"));
            parser.MoveNext();
            entries.Add(new SpecEntry(name, key.Line, Read(parser, level + 1)));
        }
        return new SpecMap(line, entries);
    }

    private static void Next<T>(Parser parser)
        where T : ParsingEvent
    {
        parser.MoveNext();
        if (parser.Current is not T)
            throw new SpecException(parser.Current is { } found ? LineOf(found) : 1, "not one YAML document");
    }

    private static int LineOf(ParsingEvent e) => (int)Math.Max(1, e.Start.Line);

    private static string Reason(YamlException e)
    {
        string reason = (e.InnerException ?? e).Message;
        return reason.StartsWith('(') && reason.IndexOf("): ", StringComparison.Ordinal) is > 0 and int end ? reason[(end + 3)..] : reason;
    }
}
