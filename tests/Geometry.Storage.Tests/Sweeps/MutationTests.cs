using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

/// <summary>
/// Fixtures of every format, damaged at random: whatever is wrong, only <see cref="InputException"/> with one line comes out.
/// </summary>
public class MutationTests
{
    private const int MutationsPerFile = 200;
    private const long Allowance = 64L << 20;
    private static readonly SweepFileOptions[] Options =
    [
        new(),
        new() { Weights = "W", Bias = "b" },
        new() { Weights = "state.W", Layout = WeightLayout.HiddenFirst },
    ];

    [Fact]
    public void Damaged_files_only_ever_raise_input_exceptions()
    {
        using var folder = new TemporaryFolder();
        string[] names =
        [
            .. Directory.GetFiles(Fixtures.Tensors("")).Where(f => Path.GetExtension(f) is not (".md" or "")).Order(StringComparer.Ordinal),
        ];
        byte[][] originals = Array.ConvertAll(names, File.ReadAllBytes);
        var random = new Random(20260101);
        int refused = 0,
            read = 0;
        for (int f = 0; f < names.Length; f++)
        {
            for (int k = 0; k < MutationsPerFile; k++)
            {
                byte[] mutant = Mutate(originals[f], originals[random.Next(originals.Length)], random);
                string path = folder.File("mutant", mutant);
                long before = GC.GetAllocatedBytesForCurrentThread();
                if (Use(path, Options[k % Options.Length], $"{Path.GetFileName(names[f])}, mutation {k}"))
                    read++;
                else
                    refused++;
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowance);
            }
        }
        Assert.InRange(refused, 1000, int.MaxValue);
        Assert.InRange(read, 300, int.MaxValue);
    }

    private static bool Use(string path, SweepFileOptions options, string what)
    {
        try
        {
            using SweepFile file = SweepFile.Open(path, options);
            for (int k = 0; k < Math.Min(file.Instances, 5); k++)
            {
                FeatureConfiguration w = file.ReadConfiguration(k);
                Assert.Equal((file.Features, file.Hidden), (w.Features, w.Hidden));
                double[]? bias = file.ReadBias(k);
                Assert.True(bias is null || bias.Length == file.Features);
                foreach (string name in file.ParameterNames)
                    Assert.NotNull(file.Parameter(name, k));
            }
            return true;
        }
        catch (InputException e)
        {
            Assert.False(e.Message.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0, what + ": " + e.Message);
            return false;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException(what + ": " + e.GetType().Name, e);
        }
    }

    private static byte[] Mutate(byte[] original, byte[] other, Random random)
    {
        byte[] mutant = [.. original];
        switch (random.Next(6))
        {
            case 0:
                for (int k = random.Next(1, 4); k > 0; k--)
                    mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
                return mutant;
            case 1:
                for (int k = random.Next(1, 4); k > 0; k--)
                    mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
                return mutant;
            case 2:
                return mutant[..random.Next(mutant.Length)];
            case 3:
                int from = random.Next(mutant.Length),
                    length = random.Next(1, 9);
                mutant.AsSpan(from, Math.Min(length, mutant.Length - from)).Fill((byte)(random.Next(2) * 255));
                return mutant;
            case 4:
                int cut = random.Next(mutant.Length),
                    end = random.Next(cut, mutant.Length);
                return [.. mutant[..cut], .. mutant[end..]];
            default:
                int at = random.Next(mutant.Length),
                    start = random.Next(other.Length);
                int count = Math.Min(random.Next(1, 200), Math.Min(mutant.Length - at, other.Length - start));
                other.AsSpan(start, count).CopyTo(mutant.AsSpan(at));
                return mutant;
        }
    }
}
