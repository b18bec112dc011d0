using System.Globalization;
using System.Reflection;
using Geometry.Decisions;

namespace Geometry.Recovery;

/// <summary>
/// What halving and doubling each number of the decision logic changes, and, where that is nothing, what it changes to be without it.
/// </summary>
internal static class SensitivityTable
{
    private const string Limits = "limits";

    private static readonly double[] s_factors = [0.5, 2],
        s_extremes = [0, 100];

    /// <summary>A number times a factor, with what all questions are then answered.</summary>
    private sealed record Variant(PropertyInfo Number, double Factor)
    {
        public string[] Answers { get; set; } = [];

        public string Name => Number.DeclaringType == typeof(WorkLimits) ? $"Limits.{Number.Name}" : Number.Name;

        public DecisionConstants Constants =>
            Number.DeclaringType == typeof(WorkLimits)
                ? DecisionConstants.Default with
                {
                    Limits = Changed(DecisionConstants.Default.Limits with { }),
                }
                : Changed(DecisionConstants.Default with { });

        public double Value
        {
            get
            {
                DecisionConstants all = DecisionConstants.Default;
                return Convert.ToDouble(
                    Number.GetValue(Number.DeclaringType == typeof(WorkLimits) ? all.Limits : all),
                    CultureInfo.InvariantCulture
                );
            }
        }

        private T Changed<T>(T numbers)
        {
            double value = Number.PropertyType == typeof(double) ? Value * Factor : Math.Round(Value * Factor);
            Number.SetValue(numbers, Convert.ChangeType(value, Number.PropertyType, CultureInfo.InvariantCulture));
            return numbers;
        }
    }

    /// <param name="sweeps">Folder of trained sweeps, the fixtures of the repository.</param>
    /// <param name="only">Start of the names of the numbers to take, whose changes are then listed, or <c>limits</c>; all but the limits of
    /// work: empty.</param>
    public static void Print(string sweeps, string only)
    {
        (string Name, SensitivityCase[] Cases)[] panels = SensitivityPanel.All(sweeps);
        SensitivityCase[] cases = [.. panels.SelectMany(p => p.Cases)];
        PropertyInfo[] numbers =
            only == Limits
                ? [.. Numbers(typeof(WorkLimits))]
                : [.. Numbers(typeof(DecisionConstants)).Where(n => n.Name.StartsWith(only, StringComparison.Ordinal))];
        string[] before = new string[cases.Length];
        Parallel.For(0, cases.Length, c => before[c] = cases[c].Ask(DecisionConstants.Default));
        List<Variant> variants = [.. numbers.SelectMany(n => s_factors.Select(f => new Variant(n, f)))];
        Ask(cases, variants);
        // A limit of work is not to be lifted, a threshold may be.
        PropertyInfo[] idle =
            only == Limits ? [] : [.. numbers.Where(n => variants.TrueForAll(v => v.Number != n || v.Answers.SequenceEqual(before)))];
        Variant[] without = [.. idle.SelectMany(n => s_extremes.Select(f => new Variant(n, f)))];
        Ask(cases, without);
        variants = [.. variants.Concat(without).OrderBy(v => Array.IndexOf(numbers, v.Number))];

        Console.WriteLine(
            "Answers that change when one number is halved or doubled, and in brackets by how many more or fewer are right, where "
                + "that is known;"
        );
        Console.WriteLine(
            "numbers that so change nothing are taken times 0 and 100. Descriptions apart, an answer is the formula with the "
                + "features that share directions."
        );
        Console.WriteLine();
        Console.WriteLine("| number | value | × |" + string.Concat(panels.Select(p => $" {p.Name} ({p.Cases.Length}) |")));
        Console.WriteLine("| --- | --- | --- |" + string.Concat(panels.Select(_ => " --- |")));
        foreach (Variant variant in variants)
            Console.WriteLine($"| {variant.Name} | {variant.Value:G4} | {variant.Factor} |{Changes(variant, before, panels)}");
        if (only.Length == 0)
            return;
        Console.WriteLine();
        foreach (Variant variant in variants)
        {
            for (int c = 0; c < cases.Length; c++)
            {
                if (variant.Answers[c] != before[c])
                    Console.WriteLine($"{variant.Name} × {variant.Factor}: {before[c]} → {variant.Answers[c]}");
            }
        }
    }

    /// <summary>One loop over all questions, so that no variant waits for the slowest of the one before.</summary>
    private static void Ask(SensitivityCase[] cases, IReadOnlyList<Variant> variants)
    {
        foreach (Variant variant in variants)
            variant.Answers = new string[cases.Length];
        DecisionConstants[] constants = [.. variants.Select(v => v.Constants)];
        Parallel.For(0, variants.Count * cases.Length, k =>
        {
            int v = k / cases.Length,
                c = k % cases.Length;
            try
            {
                variants[v].Answers[c] = cases[c].Ask(constants[v]);
            }
            catch (Exception e) when (e is ArgumentException or ArithmeticException or InvalidOperationException)
            {
                variants[v].Answers[c] = $"fails: {e.GetType().Name}";
            }
        });
    }

    private static string Changes(Variant variant, string[] before, (string Name, SensitivityCase[] Cases)[] panels)
    {
        string row = "";
        int c = 0;
        foreach ((_, SensitivityCase[] panel) in panels)
        {
            int changed = 0,
                more = 0;
            foreach (SensitivityCase asked in panel)
            {
                string now = variant.Answers[c],
                    then = before[c++];
                if (now == then)
                    continue;
                changed++;
                if (asked.IsRight is { } isRight)
                    more += (isRight(now) ? 1 : 0) - (isRight(then) ? 1 : 0);
            }
            row +=
                changed == 0 ? " |"
                : more == 0 ? $" {changed} |"
                : $" {changed} ({more:+0;-0}) |";
        }
        return row;
    }

    private static IEnumerable<PropertyInfo> Numbers(Type type) =>
        type.GetProperties().Where(p => p.CanWrite && p.PropertyType.IsPrimitive);
}
