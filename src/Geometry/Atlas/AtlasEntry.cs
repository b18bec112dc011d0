using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Atlas;

/// <summary>Reads and checks one form in the text of an atlas.</summary>
/// <param name="entry">The JSON object of the form.</param>
/// <param name="place">The name of its place in messages.</param>
internal sealed partial class AtlasEntry(JsonElement entry, string place)
{
    private const int MostDim = 64,
        MostDirections = 256;
    private const double Unit = 1e-9,
        MostDrift = 100;

    /// <summary>The form.</summary>
    /// <exception cref="FormatException">A key is missing or out of range.</exception>
    public Form Read()
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{place}: expected a form with keys, found {entry.ValueKind.ToString().ToLowerInvariant()}");
        string name = Text("name");
        if (!Name().IsMatch(name))
            throw Wrong("name", "form(d,c)s and the order of its symmetry group, with letters or without", $"'{name}'");
        int dim = Whole("dim", 2, MostDim),
            directions = Whole("directions", dim + 1, MostDirections);
        if (!name.StartsWith(FormattableString.Invariant($"form({dim},{directions})s"), StringComparison.Ordinal))
            throw Wrong("name", FormattableString.Invariant($"form({dim},{directions})s…"), $"'{name}'");
        double[] centre = Rows("coordinates", dim, directions);
        FormDrift? drift = null;
        if (entry.TryGetProperty("drift_range", out _))
            CheckDrift(
                centre,
                drift = new FormDrift(Rows("drift_slope", dim, directions), Rows("drift_bend", dim, directions), DriftRange()),
                dim
            );
        else
            CheckUnit(centre, dim);
        int[] orbits =
        [
            .. List("orbits", directions)
                .Select(o =>
                    o.ValueKind == JsonValueKind.Number && o.TryGetInt32(out int orbit) && orbit >= 0 && orbit < directions
                        ? orbit
                        : throw Wrong("orbits", "numbers of orbits from 0", o.GetRawText())
                ),
        ];
        if (!BigInteger.TryParse(Text("symmetries"), NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger order) || order < 1)
            throw Wrong("symmetries", "a whole number from 1", $"'{Text("symmetries")}'");
        return new Form(name, dim, directions, centre, drift)
        {
            OrbitOf = orbits,
            Symmetries = order,
            Invariants = Invariants(),
            Significance = entry.TryGetProperty("tube", out _) ? Significance() : null,
            Origin = entry.TryGetProperty("runs", out _) ? Origin() : null,
            GroundState = entry.TryGetProperty("ground_state", out _) ? GroundState() : null,
            GroundStateStarts = entry.TryGetProperty("ground_state_starts", out _) ? Whole("ground_state_starts", 0, int.MaxValue) : 0,
        };
    }

    private FormInvariants Invariants() =>
        new()
        {
            AnglesText = Text("angles_deg"),
            Antipodal = Truth("antipodal"),
            Tight = Truth("tight"),
            DesignStrength = Whole("design", 0, 1000),
            Equiangular = Truth("equiangular"),
            FreeParameters = Whole("free_parameters", 0, int.MaxValue),
            ExactCosines =
            [
                .. List("exact_cosines", -1)
                    .Select(c =>
                        c.ValueKind == JsonValueKind.String ? c.GetString()! : throw Wrong("exact_cosines", "texts", c.GetRawText())
                    ),
            ],
            SmallestAngleDegrees = Number("min_angle_deg"),
            BestCodeDegrees = Number("best_code_deg"),
            Dimensionalities = [.. List("dimensionalities", -1).Select(d => Number("dimensionalities", d))],
            ThomsonExcess = Number("thomson_excess"),
            FrameDefect = Number("frame_defect"),
            Defect = Text("defect"),
        };

    private ShapeSignificance Significance()
    {
        double gap = Number("gap_rad");
        (int, double)[] terms =
        [
            .. List("tube", -1)
                .Select(t =>
                    t.ValueKind == JsonValueKind.Array
                    && t.GetArrayLength() == 2
                    && t[0].ValueKind == JsonValueKind.Number
                    && t[0].TryGetInt32(out int power)
                    && power is > 0 and < MostDim * MostDirections
                        ? (power, Number("tube", t[1]))
                        : throw Wrong("tube", "pairs of a power and a logarithm", t.GetRawText())
                ),
        ];
        if (terms.Length == 0 || terms.Any(t => !double.IsFinite(t.Item2)))
            throw Wrong("tube", "at least one pair of a power and a logarithm", Value("tube").GetRawText());
        double curvature = Number("tube_curvature");
        return new ShapeSignificance(double.IsNaN(gap) ? double.PositiveInfinity : gap, terms, double.IsNaN(curvature) ? 0 : curvature);
    }

    private FormOrigin Origin()
    {
        (int, int) Range(string key)
        {
            double[] ends = Ends(key);
            return ((int)ends[0], (int)ends[1]);
        }
        double[] density = Ends("density");
        return new FormOrigin(
            Whole("runs", 0, int.MaxValue),
            Whole("sweeps", 0, int.MaxValue),
            Range("features"),
            Range("hidden"),
            (density[0], density[1]),
            Number("low_loss_share"),
            Number("recurrence_log10_p"),
            Number("spread_deg")
        )
        {
            Angles = entry.TryGetProperty("angle_spread", out _) ? [.. List("angle_spread", -1).Select(Angle)] : [],
        };
    }

    private OrbitAngle Angle(JsonElement angle) =>
        angle.ValueKind == JsonValueKind.Array
        && angle.GetArrayLength() == 3
        && angle[1].ValueKind == JsonValueKind.Number
        && angle[1].TryGetInt32(out int pairs)
        && pairs > 0
            ? new OrbitAngle(Number("angle_spread", angle[0]), pairs, Number("angle_spread", angle[2]))
            : throw Wrong("angle_spread", "triples of an angle, a number of pairs and a spread", angle.GetRawText());

    private double[] Ends(string key) => [.. List(key, 2).Select(e => Number(key, e))];

    private FormGroundState GroundState()
    {
        double[] v = [.. List("ground_state", 4).Select(e => Number("ground_state", e))];
        return new FormGroundState((int)v[0], v[1], v[2], v[3]);
    }

    private static void Fill(JsonElement row, int dim, double[] into, int at, Func<string, FormatException> wrong)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != dim)
            throw wrong(row.ValueKind == JsonValueKind.Array ? FormattableString.Invariant($"a row of {row.GetArrayLength()}") : "no row");
        foreach (JsonElement x in row.EnumerateArray())
        {
            if (x.ValueKind != JsonValueKind.Number || !x.TryGetDouble(out double value) || !(Math.Abs(value) <= 1e6))
                throw wrong(x.GetRawText());
            into[at++] = value;
        }
    }

    private double[] Rows(string key, int dim, int directions)
    {
        double[] values = new double[directions * dim];
        int at = 0;
        foreach (JsonElement row in List(key, directions))
        {
            Fill(row, dim, values, at, found =>
                Wrong(key, FormattableString.Invariant($"{directions} rows of {dim} finite numbers"), found)
            );
            at += dim;
        }
        return values;
    }

    private void CheckUnit(double[] unit, int dim)
    {
        for (int i = 0; i < unit.Length; i += dim)
        {
            double norm = Vectors.Norm(unit.AsSpan(i, dim));
            if (!(Math.Abs(norm - 1) <= Unit))
                throw Wrong("coordinates", "rows of length 1", FormattableString.Invariant($"row {i / dim} of length {norm}"));
        }
    }

    /// <summary>Rows are scaled to unit length at every t, so none may be zero at the middle or at the ends.</summary>
    private void CheckDrift(double[] centre, FormDrift drift, int dim)
    {
        double[] x = new double[dim];
        foreach (double t in (double[])[-drift.Range, 0, drift.Range])
        {
            for (int i = 0; i < centre.Length; i += dim)
            {
                for (int a = 0; a < dim; a++)
                    x[a] = centre[i + a] + (t * (drift.Slope[i + a] + (t * drift.Bend[i + a])));
                if (!(Vectors.Norm(x) > Unit))
                    throw Wrong(
                        "coordinates",
                        "rows that drift without vanishing",
                        FormattableString.Invariant($"row {i / dim} of length {Vectors.Norm(x)} at {t}")
                    );
            }
        }
    }

    private JsonElement Value(string key) =>
        entry.TryGetProperty(key, out JsonElement value)
            ? value
            : throw new FormatException($"{place}: {key}: expected this key, found nothing");

    private string Text(string key) =>
        Value(key) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Wrong(key, "a text", Value(key).GetRawText());

    private bool Truth(string key) =>
        Value(key).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(key, "true or false", Value(key).GetRawText()),
        };

    private int Whole(string key, int low, int high) =>
        Value(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) && number >= low && number <= high
            ? number
            : throw Wrong(key, FormattableString.Invariant($"a whole number from {low} to {high}"), Value(key).GetRawText());

    private double DriftRange() =>
        Number("drift_range") is > 0 and <= MostDrift and var value
            ? value
            : throw Wrong(
                "drift_range",
                FormattableString.Invariant($"a number above 0, at most {MostDrift}"),
                Value("drift_range").GetRawText()
            );

    private double Number(string key) => Number(key, Value(key));

    private double Number(string key, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => double.NaN,
            JsonValueKind.Number when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
            _ => throw Wrong(key, "a number or null", value.GetRawText()),
        };

    private JsonElement.ArrayEnumerator List(string key, int length)
    {
        JsonElement value = Value(key);
        if (value.ValueKind != JsonValueKind.Array || (length >= 0 && value.GetArrayLength() != length))
            throw Wrong(
                key,
                length >= 0 ? FormattableString.Invariant($"a list of {length}") : "a list",
                value.ValueKind == JsonValueKind.Array
                    ? FormattableString.Invariant($"one of {value.GetArrayLength()}")
                    : value.GetRawText()
            );
        return value.EnumerateArray();
    }

    private FormatException Wrong(string key, string expected, string found) =>
        new($"{place}: {key}: expected {expected}, found {(found.Length > 60 ? found[..60] + "…" : found)}");

    [GeneratedRegex(@"^form\([0-9]{1,3},[0-9]{1,3}\)s[0-9]+[a-z]*$")]
    private static partial Regex Name();
}
