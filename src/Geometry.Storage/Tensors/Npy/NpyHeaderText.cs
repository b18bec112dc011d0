using System.Globalization;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Npy;

/// <summary>
/// The Python dictionary literal in an npy header: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 5), }</c>.
/// </summary>
/// <param name="Descr">The element type as written; of a structured type, its literal.</param>
/// <param name="Fortran">fortran_order.</param>
/// <param name="Shape">shape.</param>
internal sealed record NpyHeaderText(string Descr, bool Fortran, long[] Shape)
{
    /// <summary>Parses the literal, which must have all three keys, once each, and no other.</summary>
    public static NpyHeaderText Parse(string text, string what)
    {
        var cursor = new Cursor(text, what);
        string? descr = null;
        bool? fortran = null;
        long[]? shape = null;
        cursor.Expect('{');
        while (!cursor.TryTake('}'))
        {
            string key = cursor.ReadString();
            cursor.Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = cursor.ReadDescr();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = cursor.ReadBool();
                    break;
                case "shape" when shape is null:
                    shape = cursor.ReadTuple();
                    break;
                default:
                    throw cursor.Error($"an unexpected or repeated key {key.Quote()}");
            }
            if (!cursor.TryTake(','))
            {
                cursor.Expect('}');
                break;
            }
        }
        if (descr is null || fortran is null || shape is null)
            throw cursor.Error("no 'descr', 'fortran_order' or 'shape'");
        return new NpyHeaderText(descr, fortran.Value, shape);
    }

    private ref struct Cursor(string text, string what)
    {
        private int _at;

        public readonly InputException Error(string found) => new($"{what} has a malformed npy header: {found} at character {_at}");

        public void Expect(char c)
        {
            if (!TryTake(c))
                throw Error($"expected '{c}'");
        }

        public bool TryTake(char c)
        {
            SkipSpace();
            if (_at >= text.Length || text[_at] != c)
                return false;
            _at++;
            return true;
        }

        private void SkipSpace()
        {
            while (_at < text.Length && (text[_at] is ' ' or '\n' or '\t' or '\r'))
                _at++;
        }

        public string ReadString()
        {
            char quote = TryTake('\'') ? '\'' : '"';
            if (quote == '"')
                Expect('"');
            int end = text.IndexOf(quote, _at);
            if (end < 0)
                throw Error("an unterminated string");
            string value = text[_at..end];
            _at = end + 1;
            return value;
        }

        /// <summary>A type string, or the text of a structured type's list or tuple, brackets balanced.</summary>
        public string ReadDescr()
        {
            if (!TryTake('[') && !TryTake('('))
                return ReadString();
            int start = _at - 1;
            for (int depth = 1; depth > 0; )
            {
                if (_at >= text.Length)
                    throw Error("an unterminated type");
                char c = text[_at];
                if (c is '\'' or '"')
                {
                    ReadString();
                    continue;
                }
                if (c is '[' or '(')
                    depth++;
                if (c is ']' or ')')
                    depth--;
                _at++;
            }
            return text[start.._at];
        }

        public bool ReadBool()
        {
            SkipSpace();
            foreach ((string word, bool value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
            {
                if (!text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
                    continue;
                _at += word.Length;
                return value;
            }
            throw Error("expected True or False");
        }

        public long[] ReadTuple()
        {
            var values = new List<long>();
            Expect('(');
            while (!TryTake(')'))
            {
                values.Add(ReadInteger());
                if (TryTake(','))
                    continue;
                Expect(')');
                break;
            }
            return [.. values];
        }

        private long ReadInteger()
        {
            SkipSpace();
            int start = _at;
            while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '-'))
                _at++;
            if (
                !long.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            )
                throw Error("an axis that is no 64-bit integer");
            if (_at < text.Length && text[_at] == 'L')
                _at++;
            return value;
        }
    }
}
