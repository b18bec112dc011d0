using Geometry.Conjecture;
using Geometry.Formulas;
using Geometry.Synthesis;
using Geometry.Training.Specs;
using Geometry.Words;

namespace Geometry.Training.Conjecture;

/// <summary>Reads a <see cref="ConjectureSpec"/> from YAML and checks every value; missing keys keep their defaults.</summary>
/// <remarks>
/// <c>formulas</c> (one or a list) · <c>sigmas</c> (a number, a list, linspace or logspace) · <c>noise_in</c>, <c>methods</c> (one or a
/// list) · <c>trials</c> · <c>hidden</c> · <c>norm_spread</c> · <c>oblique</c> (degrees) · <c>seed</c>.
/// </remarks>
public static class ConjectureSpecReader
{
    private const int MostTrials = 1_000_000;
    private static readonly string[] s_keys =
    [
        "formulas",
        "sigmas",
        "noise_in",
        "methods",
        "trials",
        "hidden",
        "norm_spread",
        "oblique",
        "seed",
    ];

    /// <summary>Reads a spec.</summary>
    /// <exception cref="SpecException">The text is not a spec; the message names the line, what was found and what was
    /// expected.</exception>
    public static ConjectureSpec Read(string text)
    {
        var top = new SpecSection(SpecTree.Read(text, "formulas, sigmas, noise_in, methods and trials"), "", s_keys);
        var spec = new ConjectureSpec();
        spec = spec with
        {
            Formulas = top.Find("formulas") is { } formulas ? List(formulas, "formulas", ReadFormula) : spec.Formulas,
            Sigmas = top.Find("sigmas") is null ? spec.Sigmas : top.Axis("sigmas", NumberKind.NotNegative).Values,
            NoiseIn = top.Find("noise_in") is { } noise ? List(noise, "noise_in", ReadNoise) : spec.NoiseIn,
            Methods = top.Find("methods") is { } methods ? List(methods, "methods", ReadMethod) : spec.Methods,
            Trials = (int)Number(
                top,
                "trials",
                new NumberKind($"a whole number from 1 to {MostTrials}", v => v is >= 1 and <= MostTrials && v == Math.Floor(v)),
                spec.Trials
            ),
            Hidden = top.Find("hidden") is null ? null : (int)Number(top, "hidden", NumberKind.Count, 0),
            NormSpread = Number(
                top,
                "norm_spread",
                new NumberKind("a number from 0 to below 0.5", v => v is >= 0 and < 0.5),
                spec.NormSpread
            ),
            ObliqueDegrees = Number(
                top,
                "oblique",
                new NumberKind("an angle above 0, at most 90 degrees", v => v is > 0 and <= 90),
                spec.ObliqueDegrees
            ),
            Seed = (int)Number(top, "seed", NumberKind.CountOrZero, spec.Seed),
        };
        if (spec.Hidden is { } hidden && spec.Formulas.FirstOrDefault(f => f.Dim > hidden) is { } large)
            throw new SpecException(
                top.Find("hidden")!.Line,
                FormattableString.Invariant($"hidden: expected at least {large.Dim} dimensions for '{large}', found {hidden}")
            );
        return spec;
    }

    private static double Number(SpecSection top, string key, NumberKind kind, double otherwise) =>
        top.Find(key) is { } node ? AxisReader.Number(node, key, kind) : otherwise;

    private static T[] List<T>(SpecNode node, string path, Func<SpecScalar, string, T> read)
    {
        IReadOnlyList<SpecNode> items = node is SpecList list ? list.Items : [node];
        if (items.Count == 0)
            throw new SpecException(node.Line, $"{path}: expected at least one, found {node.Found}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var values = new List<T>();
        foreach (SpecNode item in items)
        {
            if (item is not SpecScalar scalar)
                throw new SpecException(item.Line, $"{path}: expected a name or a list of names, found {item.Found}");
            T value = read(scalar, path);
            if (!seen.Add(value!.ToString()!))
                throw new SpecException(item.Line, $"{path}: {scalar.Found} is there twice");
            values.Add(value);
        }
        return [.. values];
    }

    private static Formula ReadFormula(SpecScalar scalar, string path)
    {
        try
        {
            return FormulaParser.Parse(scalar.Text);
        }
        catch (FormatException e)
        {
            throw new SpecException(scalar.Line, $"{path}: {e.Message}");
        }
    }

    private static NoiseIn ReadNoise(SpecScalar scalar, string path) =>
        scalar.Text switch
        {
            "summand" => NoiseIn.Summand,
            "ambient" => NoiseIn.Ambient,
            _ => throw Unknown(scalar, path, ["summand", "ambient"]),
        };

    private static IRecoveryMethod ReadMethod(SpecScalar scalar, string path) =>
        RecoveryMethods.Find(scalar.Text) ?? throw Unknown(scalar, path, [.. RecoveryMethods.All.Select(m => m.Name)]);

    private static SpecException Unknown(SpecScalar scalar, string path, string[] known) =>
        new(
            scalar.Line,
            $"{path}: expected {string.Join(", ", known)}, found {scalar.Found}; did you mean '{NearestName.Of(scalar.Text, known)}'?"
        );
}
