using System.Globalization;
using System.Text.Json;

namespace Geometry.Reports.Html;

/// <summary>Writes short numbers to the page's data: five significant digits, null for values that are not finite.</summary>
internal static class JsonNumbers
{
    public static void Number(this Utf8JsonWriter json, double value)
    {
        if (!double.IsFinite(value))
        {
            json.WriteNullValue();
            return;
        }
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, "G5", CultureInfo.InvariantCulture);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    public static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
            write(item);
        json.WriteEndArray();
    }

    public static void Numbers(this Utf8JsonWriter json, string name, IEnumerable<double> values) => json.Array(name, values, json.Number);

    public static void Integers(this Utf8JsonWriter json, string name, IEnumerable<int> values) =>
        json.Array(name, values, json.WriteNumberValue);

    public static void Strings(this Utf8JsonWriter json, string name, IEnumerable<string> values) =>
        json.Array(name, values, json.WriteStringValue);
}
