using System.Globalization;
using System.Text;
using System.Text.Json;
using Geometry.Words;
using Xunit;

namespace Geometry.Tests.Words;

public class NumberTextTests
{
    /// <summary>The runtime's own text of 2⁻²⁵ is 2.980232238769531E-08, one unit low.</summary>
    [Fact]
    public void All_powers_of_two_read_back_to_the_bit()
    {
        for (int power = -1074; power <= 1023; power++)
        {
            double value = Math.ScaleB(1, power);
            Require(value);
            Require(-value);
            Require(Math.BitDecrement(value));
            Require(Math.BitIncrement(value));
        }
        for (int power = -149; power <= 127; power++)
        {
            float value = MathF.ScaleB(1, power);
            Require(value);
            Require(MathF.BitDecrement(value));
        }
    }

    [Fact]
    public void Random_bits_read_back_to_the_bit()
    {
        var random = new Random(25);
        for (int k = 0; k < 50_000; k++)
        {
            Require(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
            Require(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
        }
    }

    [Theory]
    [InlineData(0.3, "0.3")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(-0.0, "-0")]
    public void Other_numbers_are_as_short_as_the_runtime_makes_them(double value, string text) => Assert.Equal(text, NumberText.Of(value));

    /// <summary>The same in JSON, where the runtime's own writer prints 2⁻²⁵ one unit low as well.</summary>
    [Theory]
    [InlineData(2.9802322387695312E-08)]
    [InlineData(-0.1)]
    [InlineData(1e300)]
    [InlineData(5)]
    public void JsonReadsBackToTheBit(double value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            NumberText.Write(json, value);
            NumberText.Write(json, double.NaN);
            json.WriteEndArray();
        }
        JsonElement array = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(array[0].GetDouble()));
        Assert.Equal(JsonValueKind.Null, array[1].ValueKind);
    }

    private static void Require(double value)
    {
        string text = NumberText.Of(value);
        Span<byte> utf8 = stackalloc byte[24];
        Assert.Equal(text, Encoding.UTF8.GetString(utf8[..NumberText.Write(value, utf8)]));
        double read = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsNaN(value))
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
    }

    private static void Require(float value)
    {
        float read = float.Parse(NumberText.Of(value), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!float.IsNaN(value))
            Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(read));
    }
}
