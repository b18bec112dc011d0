using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Geometry.Decisions;

namespace Geometry.Recovery;

/// <summary>What halving and doubling each number of the decision logic changes.</summary>
internal static class SensitivityTable
{
    private static readonly double[] s_factors = [0.5, 2];

    /// <param name="sweeps">Folder of trained sweeps, the fixtures of the repository.</param>
    /// <param name="only">Start of the names of the numbers to take, whose changes are then listed; all: empty.</param>
    public static void Print(string sweeps, string only)
    {
        (string Name, SensitivityCase[] Cases)[] panels = SensitivityPanel.All(sweeps);
        SensitivityCase[] cases = [.. panels.SelectMany(p => p.Cases)];
        PropertyInfo[] numbers = [.. Numbers().Where(n => n.Name.StartsWith(only, StringComparison.Ordinal))];
        DecisionConstants[] variants = [DecisionConstants.Default, .. numbers.SelectMany(n => s_factors.Select(f => Changed(n, f)))];

        // One loop over all questions: no variant waits for the slowest of the one before.
        string[] answers = new string[variants.Length * cases.Length];
        Parallel.For(0, answers.Length, k => answers[k] = cases[k % cases.Length].Ask(variants[k / cases.Length]));

        Console.WriteLine("Answers that change when one number is halved or doubled, and in brackets by how many more or fewer are right, where that is known.");
        Console.WriteLine("Descriptions apart, an answer is the formula with the features that share directions.");
        Console.WriteLine();
        Console.WriteLine("| number | value | × |" + string.Concat(panels.Select(p => $" {p.Name} ({p.Cases.Length}) |")));
        Console.WriteLine("| --- | --- | --- |" + string.Concat(panels.Select(_ => " --- |")));
        for (int v = 1; v < variants.Length; v++)
        {
            PropertyInfo number = numbers[(v - 1) / s_factors.Length];
            Console.Write($"| {number.Name} | {Value(number, DecisionConstants.Default):G4} | {s_factors[(v - 1) % s_factors.Length]} |");
            int first = 0;
            foreach ((_, SensitivityCase[] panel) in panels)
            {
                int changed = 0, more = 0;
                for (int c = first; c < first + panel.Length; c++)
                {
                    string before = answers[c], now = answers[(v * cases.Length) + c];
                    if (now == before) continue;
                    changed++;
                    if (cases[c].IsRight is { } isRight) more += (isRight(now) ? 1 : 0) - (isRight(before) ? 1 : 0);
                }
                Console.Write(changed == 0 ? " |" : more == 0 ? $" {changed} |" : $" {changed} ({more:+0;-0}) |");
                first += panel.Length;
            }
            Console.WriteLine();
        }
        if (only.Length == 0) return;
        Console.WriteLine();
        for (int v = 1; v < variants.Length; v++)
        {
            for (int c = 0; c < cases.Length; c++)
            {
                string before = answers[c], now = answers[(v * cases.Length) + c];
                if (now != before) Console.WriteLine($"{numbers[(v - 1) / s_factors.Length].Name} × {s_factors[(v - 1) % s_factors.Length]}: {before} → {now}");
            }
        }
    }

    private static IEnumerable<PropertyInfo> Numbers() => typeof(DecisionConstants).GetProperties().Where(p => p.CanWrite && p.PropertyType.IsPrimitive);

    private static double Value(PropertyInfo number, DecisionConstants constants) => Convert.ToDouble(number.GetValue(constants), CultureInfo.InvariantCulture);

    private static DecisionConstants Changed(PropertyInfo number, double factor)
    {
        DecisionConstants changed = DecisionConstants.Default with { };
        double value = Value(number, changed) * factor;
        number.SetValue(changed, Convert.ChangeType(number.PropertyType == typeof(double) ? value : Math.Round(value), number.PropertyType, CultureInfo.InvariantCulture));
        return changed;
    }
}
