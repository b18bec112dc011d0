using System.Globalization;
using Geometry.Words;

namespace Geometry.Training.Specs;

/// <summary>How an axis was written.</summary>
public enum AxisForm
{
    /// <summary>One number: not swept.</summary>
    Single,

    /// <summary>A list of numbers.</summary>
    List,

    /// <summary><c>{ linspace: [from, to, count] }</c></summary>
    LinSpace,

    /// <summary><c>{ logspace: [from, to, count] }</c></summary>
    LogSpace,
}

/// <summary>The values that one number of a spec takes over the sweep.</summary>
/// <remarks>
/// linspace: from + (to − from)·i/(count − 1). logspace: from·(to/from)^(i/(count − 1)); from and to are the ends themselves, not
/// exponents. The ends are exact; values between them are rounded to 12 significant digits, which makes tables readable and sweeps
/// independent of the platform's <c>pow</c>. With count = 1 the only value is <c>from</c>.
/// </remarks>
public sealed record Axis
{
    private const string TwelveDigits = "E11";

    private Axis(AxisForm form, IReadOnlyList<double> values) => (Form, Values) = (form, values);

    /// <summary>How it was written.</summary>
    public AxisForm Form { get; }

    /// <summary>The values in order, at least one, all finite.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Number of values.</summary>
    public int Count => Values.Count;

    /// <summary>Whether it is swept, that is, written as anything but one number.</summary>
    public bool IsSwept => Form != AxisForm.Single;

    /// <summary>One number.</summary>
    public static Axis Of(double value) => new(AxisForm.Single, [value]);

    /// <summary>Listed numbers.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Axis List(IEnumerable<double> values)
    {
        double[] copy = [.. values];
        if (copy.Length == 0)
            throw new ArgumentException("An axis needs at least one value.", nameof(values));
        return new Axis(AxisForm.List, copy);
    }

    /// <summary>Evenly spaced numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public static Axis LinSpace(double from, double to, int count) =>
        Spaced(AxisForm.LinSpace, from, to, count, t => from + ((to - from) * t));

    /// <summary>Numbers with equal ratios.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or an end is not positive.</exception>
    public static Axis LogSpace(double from, double to, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(to);
        return Spaced(AxisForm.LogSpace, from, to, count, t => from * Elementary.Pow(to / from, t));
    }

    /// <summary>The axis as YAML; reading it gives the same values.</summary>
    public string ToYaml() =>
        Form switch
        {
            AxisForm.Single => Number(Values[0]),
            AxisForm.List => $"[{string.Join(", ", Values.Select(Number))}]",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{{ {(Form == AxisForm.LinSpace ? "linspace" : "logspace")}: [{Number(Values[0])}, {Number(Values[^1])}, {Count}] }}"
            ),
        };

    internal static string Number(double value) => NumberText.Of(value);

    private static Axis Spaced(AxisForm form, double from, double to, int count, Func<double, double> at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count == 1)
            return new Axis(AxisForm.List, [from]);
        var values = new double[count];
        for (int i = 1; i < count - 1; i++)
            values[i] = double.Parse(
                at((double)i / (count - 1)).ToString(TwelveDigits, CultureInfo.InvariantCulture),
                NumberStyles.Float,
                CultureInfo.InvariantCulture
            );
        (values[0], values[^1]) = (from, to);
        return new Axis(form, values);
    }
}
