using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps.Runs;

/// <summary>
/// Turns a file with one set of arrays per run into arrays with the runs as leading axis, and columns with what the keys say about each
/// run.
/// </summary>
/// <remarks>
/// <para>The runs may be a list of state dicts, a dict of them by seed or density, or arrays called <c>run0</c>, <c>run1</c> … or
/// <c>seed=3/W</c>. They are found by their weights: the largest group of arrays of one shape and type whose keys differ only in numbers
/// that count runs (<see cref="RunWords"/>). Every other array and number that each of these runs has is stacked in the same way; arrays
/// that only some runs have stay as they are.</para>
/// <para>Nothing is read: the stack is a view (<see cref="StackedSource"/>). O(entries).</para>
/// </remarks>
internal static class RunStacking
{
    private const int LeastUncertain = 3;
    private const long MostRepetition = 16;

    /// <summary>The entries with runs stacked; the entries themselves where there is nothing to stack.</summary>
    /// <param name="entries">The arrays of the file.</param>
    /// <param name="candidates">The arrays that could be weights.</param>
    /// <param name="fileBytes">Length of the file.</param>
    /// <exception cref="InputException">Very many runs share the same few bytes.</exception>
    public static IReadOnlyList<TensorEntry> Stack(
        IReadOnlyList<TensorEntry> entries,
        IReadOnlyList<TensorEntry> candidates,
        long fileBytes
    )
    {
        if (candidates.Count < 2)
            return entries;
        Group? leader = Groups(candidates).Where(g => g.IsRuns).MaxBy(g => g.Members.Count);
        if (leader is null)
            return entries;
        long bytes = leader.Members.Sum(m => Math.Min(m.Count, long.MaxValue >> 24) * m.Type.Size());
        if (bytes / MostRepetition > fileBytes + (1 << 20))
            throw new InputException(
                $"it holds {leader.Members.Count} weight arrays of {bytes} bytes in all, but has only {fileBytes} bytes itself: "
                    + $"they repeat each other"
            );

        var runs = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string run in leader.Runs)
            runs.Add(run, runs.Count);
        var stacked = new List<TensorEntry>();
        HashSet<string> names = [.. entries.Select(e => e.Key)];
        foreach (Group group in Groups(entries))
        {
            TensorEntry? stack = group.Members.Count == runs.Count ? group.InOrderOf(runs) : null;
            if (stack is null)
                stacked.AddRange(group.Members);
            else
                stacked.Add(names.Add(stack.Key) ? stack : stack with { Key = group.Starred });
        }
        foreach (TensorEntry column in Columns(leader))
        {
            if (names.Add(column.Key))
                stacked.Add(column);
        }
        return stacked;
    }

    /// <summary>A column with one number per run.</summary>
    public static TensorEntry Column(string name, double[] values)
    {
        byte[] bytes = new byte[8 * values.Length];
        for (int k = 0; k < values.Length; k++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * k), values[k]);
        return new TensorEntry
        {
            Key = RunColumns.IsReserved(name) && !RunColumns.Parameters.Contains(name) ? "key_" + name : name,
            Type = ElementType.Float64,
            TypeName = "number",
            Shape = [values.Length],
            Strides = [1],
            Count = values.Length,
            Bytes = bytes.Length,
            StoredBytes = bytes.Length,
            Plain = true,
            Swept = true,
            Open = () => new MemorySource(bytes),
        };
    }

    private static IEnumerable<TensorEntry> Columns(Group leader)
    {
        RunKey[] keys = [.. leader.Keys];
        int[] varying =
        [
            .. Enumerable.Range(0, keys[0].Numbers.Count).Where(p => Array.Exists(keys, k => k.Numbers[p].Text != keys[0].Numbers[p].Text)),
        ];
        int unnamed = varying.Count(p => RunWords.IsCounter(keys[0].Numbers[p].Word));
        int at = 0;
        foreach (int p in varying)
        {
            string word = keys[0].Numbers[p].Word;
            double[] values = Array.ConvertAll(keys, k =>
                double.Parse(k.Numbers[p].Text, NumberStyles.Float, CultureInfo.InvariantCulture)
            );
            bool counter = RunWords.IsCounter(word);
            if (counter && varying.Length == 1 && values.Select((v, k) => v == k).All(same => same))
                continue;
            string name =
                !counter || word.Length > 1 ? RunWords.Singular(word)
                : unnamed == 1 ? "key"
                : string.Create(CultureInfo.InvariantCulture, $"key{at++}");
            yield return Column(name, values);
        }
    }

    private static List<Group> Groups(IReadOnlyList<TensorEntry> entries)
    {
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        var order = new List<Group>();
        foreach (TensorEntry entry in entries)
        {
            RunKey key = RunKey.Of(entry);
            ref Group? group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key.Pattern, out bool there);
            if (!there)
                order.Add(group = new Group(key));
            group!.Add(entry, key);
        }
        return order;
    }

    /// <summary>Arrays whose keys differ only in numbers.</summary>
    private sealed class Group(RunKey pattern)
    {
        public List<TensorEntry> Members { get; } = [];

        public List<RunKey> Keys { get; } = [];

        /// <summary>The numbers of each member as one text.</summary>
        public List<string> Runs { get; } = [];

        /// <summary>The key with stars for the numbers.</summary>
        public string Starred => pattern.Pattern.TrimEnd('/').Replace(RunKey.Hole, '*');

        public void Add(TensorEntry entry, RunKey key)
        {
            Members.Add(entry);
            Keys.Add(key);
            Runs.Add(string.Join(' ', key.Numbers.Select(n => n.Text)));
        }

        /// <summary>Whether these are the weights of several runs.</summary>
        public bool IsRuns =>
            Members.Count > 1
            && Runs.Distinct(StringComparer.Ordinal).Count() == Members.Count
            && Uniform()
            && (Keys[0].Numbers.All(n => n.Kind == RunNumberKind.Run) || (Members.Count >= LeastUncertain && Counted()));

        /// <summary>The stack in the order of the runs; null when a run is missing or the members do not have the same form.</summary>
        public TensorEntry? InOrderOf(Dictionary<string, int> runs)
        {
            if (!Uniform())
                return null;
            var parts = new TensorEntry[runs.Count];
            for (int k = 0; k < Members.Count; k++)
            {
                if (!runs.TryGetValue(Runs[k], out int run) || parts[run] is not null)
                    return null;
                parts[run] = Members[k];
            }
            TensorEntry first = parts[0];
            if (!TensorShape.TryLastIndex(first.Shape, first.Strides, 0, out long last) || (last + 1) > long.MaxValue / (parts.Length * 8L))
                return null;
            long span = last + 1;
            string word = Keys[0].Numbers[^1].Word;
            string key =
                pattern.Name.Length > 0 ? pattern.Name
                : word.Length > 0 && RunWords.IsCounter(word) ? RunWords.Singular(word)
                : "W";
            return first with
            {
                Key = key,
                Path = [],
                Shape = [parts.Length, .. first.Shape],
                Strides = [span, .. first.Strides],
                Offset = 0,
                Count = parts.Length * first.Count,
                Bytes = parts.Length * span * first.Type.Size(),
                StoredBytes = parts.Sum(p => p.StoredBytes),
                Open = () => new StackedSource(parts, span * first.Type.Size()),
            };
        }

        /// <summary>Whether the numbers are 0, 1, 2 … or 1, 2, 3 …</summary>
        private bool Counted()
        {
            int first = Runs[0] == "1" ? 1 : 0;
            for (int k = 0; k < Runs.Count; k++)
            {
                if (!int.TryParse(Runs[k], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number != k + first)
                    return false;
            }
            return true;
        }

        private bool Uniform()
        {
            TensorEntry first = Members[0];
            if (first.Type == ElementType.Unsupported || first.Count == 0)
                return false;
            return Members.TrueForAll(m =>
                m.Type == first.Type
                && m.BigEndian == first.BigEndian
                && m.Plain == first.Plain
                && m.Shape.AsSpan().SequenceEqual(first.Shape)
                && m.Strides.AsSpan().SequenceEqual(first.Strides)
            );
        }
    }
}
