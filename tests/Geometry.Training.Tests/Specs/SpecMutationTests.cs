using Geometry.Training.Conjecture;
using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Training.Tests.Specs;

/// <summary>Specs damaged at random: whatever is wrong, only <see cref="SpecException"/> with one line comes out.</summary>
public class SpecMutationTests
{
    private const int Mutants = 20_000;

    private const string Sweep = """
        name: t
        model: { features: 3, hidden: 2, tied: false, activation: swish, gamma: 2 }
        data: { density: { logspace: [1, 0.01, 5] }, importance: { decay: 0.9 }, groups: { correlated: [[0, 1], [2]] }, samples: [40, 80] }
        train:
          { epochs: 20, batch: 16, checkpoints: { linspace: 2 }, start: { weights: [[1, 0, 0], [0, 1, 0]], bias: [0, 0, 1],
            noise: [0, 0.1] }, optimizer: sgd, momentum: 0.9, schedule: cosine }
        seeds: 2
        """;

    private const string Conjecture = """
        formulas: [pentagon + triangle, 2 antipode]
        sigmas: { linspace: [0, 0.1, 3] }
        noise_in: [summand]
        methods: [gram, echelon]
        trials: 3
        hidden: 6
        norm_spread: 0.1
        oblique: 80
        """;

    private static readonly string[] s_bits =
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "- ",
        "&a ",
        "*a",
        "!!int ",
        "|",
        ">",
        "\t",
        "\"",
        "'",
        "1e999",
        "NaN",
        "-1",
        "99999999999999999999",
        "null",
        "~",
        "<<: *a",
        "---",
        "...",
        "\ufeff",
        "\0",
        "\n",
        "%",
        "@",
        "`",
        "#",
        "?",
        ",",
        "\ud800",
    ];

    [Fact]
    public void DamagedSweepsOnlyEverRaiseSpecExceptions() => Damage(Sweep, text => SweepSpec.Parse(text));

    [Fact]
    public void DamagedConjecturesOnlyEverRaiseSpecExceptions() => Damage(Conjecture, text => ConjectureSpecReader.Read(text));

    private static void Damage(string whole, Action<string> read)
    {
        var random = new Random(20260401);
        int refused = 0;
        for (int k = 0; k < Mutants; k++)
        {
            string text = whole;
            for (int times = random.Next(1, 4); times > 0; times--)
            {
                int at = random.Next(text.Length + 1),
                    length = random.Next(4) == 0 ? random.Next(text.Length - at + 1) : random.Next(Math.Min(3, text.Length - at + 1));
                text = text[..at] + (random.Next(3) > 0 ? s_bits[random.Next(s_bits.Length)] : "") + text[(at + length)..];
            }
            try
            {
                read(text);
            }
            catch (SpecException e)
            {
                refused++;
                Assert.False(e.Message.AsSpan().IndexOfAny('\n', '\r') >= 0, e.Message);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message}\n{text}");
            }
        }
        Assert.InRange(refused, Mutants / 2, Mutants - 1);
    }
}
