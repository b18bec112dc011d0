using System.Globalization;
using System.Numerics;
using Geometry.Atlas;

namespace Geometry.Reports.Atlas;

/// <summary>The known facts about a form as lines, each with a name and a text.</summary>
public static class FormFacts
{
    private const int MostOrbits = 8,
        MostAngles = 12;

    /// <summary>The lines; unknown facts are left out.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(Form form)
    {
        ArgumentNullException.ThrowIfNull(form);
        FormInvariants i = form.Invariants;
        var facts = new List<(string, string)>
        {
            ("symmetries", Symmetries(form)),
            (
                "freedom",
                i.FreeParameters == 0
                    ? "none: its symmetries determine it"
                    : Plural(i.FreeParameters, "parameter")
                        + " that its symmetries leave free"
                        + (form.Drift is null ? "" : "; it drifts along one curve")
            ),
            ("kind", Kind(i)),
            ("smallest angle", SmallestAngle(i)),
            ("D_i", Dimensionalities(form)),
        };
        if (Angles(form) is { Length: > 0 } angles)
            facts.Add(("angles", angles));
        if (i.ExactCosines.Count > 0)
            facts.Add(("exact cosines", string.Join(", ", i.ExactCosines)));
        if (double.IsFinite(i.ThomsonExcess))
            facts.Add(
                (
                    "Coulomb energy",
                    i.ThomsonExcess < 5e-6
                        ? "the least that is known (Thomson)"
                        : Invariant($"{100 * i.ThomsonExcess:0.###} % above the least that is known (Thomson)")
                )
            );
        facts.Add(("frame", i.Tight ? "tight" : Invariant($"{i.FrameDefect:0.###} from a tight one")));
        facts.Add(("sparse limit", SparseLimit(form)));
        if (form.Origin is { } o)
        {
            facts.Add(("found in", FoundIn(o)));
            if (double.IsFinite(o.LowLossShare))
                facts.Add(
                    (
                        "low-loss runs",
                        Invariant($"holds {100 * o.LowLossShare:0} % of the better half of the runs of each cell where it occurs")
                    )
                );
            facts.Add(
                (
                    "chance",
                    Invariant(
                        $"random directions recur as often with p < 1e{Math.Ceiling(o.LogRecurrence):0}; spread {o.SpreadDegrees:0.0}° RMS"
                    )
                )
            );
        }
        if (i.Defect.Length > 0)
            facts.Add(("defect", $"labelled {i.Defect} where it stands alone: no form, and never given as a name"));
        return facts;
    }

    private static string Symmetries(Form form)
    {
        int[] sizes = [.. form.OrbitOf.GroupBy(o => o).OrderBy(g => g.Key).Select(g => g.Count())];
        if (form.Symmetries == BigInteger.One)
            return "none";
        string text = Invariant($"a group of order {form.Symmetries}; ");
        if (sizes.Length == 1)
            return text + "all directions alike";
        return text + (sizes.Length <= MostOrbits ? $"orbits of {string.Join(", ", sizes)}" : Invariant($"{sizes.Length} orbits"));
    }

    private static string Kind(FormInvariants i)
    {
        List<string> words = [];
        if (i.Antipodal)
            words.Add("antipodal");
        if (i.Equiangular)
            words.Add("equiangular");
        if (i.DesignStrength > 0)
            words.Add(Invariant($"spherical {i.DesignStrength}-design"));
        return words.Count == 0 ? "neither antipodal nor equiangular nor a spherical design" : string.Join(", ", words);
    }

    private static string SmallestAngle(FormInvariants i)
    {
        string text = Invariant($"{i.SmallestAngleDegrees:0.00}°");
        if (double.IsNaN(i.BestCodeDegrees))
            return text;
        double below = i.BestCodeDegrees - i.SmallestAngleDegrees;
        return below < 0.005
            ? text + ", as in the best code known (Tammes)"
            : text + Invariant($", {below:0.00}° below the best code known (Tammes, {i.BestCodeDegrees:0.00}°)");
    }

    /// <summary>Each distinct angle, with its spread over the runs where that is known.</summary>
    private static string Angles(Form form)
    {
        IReadOnlyList<OrbitAngle> spread = form.Origin?.Angles ?? [];
        if (spread.Count is 0 or > MostAngles)
            return string.Join(
                ", ",
                form.Invariants.AnglesText.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(a => a.Replace("×", "° ×", StringComparison.Ordinal))
            );
        return string.Join(", ", spread.Select(a => Invariant($"{a.Degrees:0.0}° ±{a.SpreadDegrees:0.0} ×{a.Pairs}")));
    }

    private static string Dimensionalities(Form form)
    {
        int[] sizes = [.. form.OrbitOf.GroupBy(o => o).OrderBy(g => g.Key).Select(g => g.Count())];
        IReadOnlyList<double> d = form.Invariants.Dimensionalities;
        if (d.Count != sizes.Length || d.Count > MostOrbits)
            return Invariant($"{d.Min():0.0000} to {d.Max():0.0000}");
        if (d.Max() - d.Min() < 5e-5)
            return Invariant($"{d[0]:0.0000}, all the same");
        return d.Count == 1 ? Invariant($"{d[0]:0.0000}") : string.Join(", ", d.Select((v, k) => Invariant($"{v:0.0000} ×{sizes[k]}")));
    }

    private static string SparseLimit(Form form)
    {
        string density =
            form.Origin is { } o && double.IsFinite(o.Density.Low) ? $" (seen at density {Range(o.Density.Low, o.Density.High)})" : "";
        if (form.GroundState is not { } g)
            return form.GroundStateStarts > 0 ? $"no minimum of the loss with one active feature{density}" : "not compared";
        string place = g.Rank == 1 ? "the ground state" : Invariant($"minimum {g.Rank} by energy");
        string share =
            g.Share > 0
                ? Invariant($"reached by {100 * g.Share:0.#} % of random starts")
                : "reached from the form alone, by no random start";
        return Invariant($"{place} with one active feature, energy {g.Energy:0.00000}, {share}, {g.ResidualDegrees:0.0}° away");
    }

    private static string FoundIn(FormOrigin o)
    {
        string text =
            $"{Plural(o.Runs, "run")} of {Plural(o.Sweeps, "sweep")}: n {Range(o.Features.Low, o.Features.High)}, m "
            + $"{Range(o.Hidden.Low, o.Hidden.High)}";
        return double.IsFinite(o.Density.Low) ? $"{text}, density {Range(o.Density.Low, o.Density.High)}" : text;
    }

    private static string Range(double low, double high) =>
        low == high ? Invariant($"{low:0.####}") : Invariant($"{low:0.####}–{high:0.####}");

    private static string Plural(int count, string word) => Invariant($"{count} {word}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
