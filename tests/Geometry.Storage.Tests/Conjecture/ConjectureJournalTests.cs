using Geometry.Conjecture;
using Geometry.Formulas;
using Geometry.Storage.Conjecture;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Storage.Tests.Conjecture;

public sealed class ConjectureJournalTests : IDisposable
{
    private static readonly ConjectureSpec s_spec = new()
    {
        Formulas = [FormulaParser.Parse("2 antipode")],
        Sigmas = [0.1],
        Methods = [new GramMethod()],
        Trials = 10,
    };

    private static readonly ConjectureTally s_tally = new(7, [4, 2], [3, 2]);

    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-").FullName;

    private string Partial => Path.Combine(_folder, "conjecture.partial");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsKeptIsWhereTheSameExperimentGoesOn()
    {
        ConjectureJournal journal = ConjectureJournal.Open(_folder, s_spec, resume: true);
        Assert.Null(journal.Start);
        journal.Write(s_tally);
        Assert.Equal(7, journal.Kept);
        journal = ConjectureJournal.Open(_folder, s_spec with { Seed = 0 }, resume: true);
        Assert.Equal((7L, 7L), (journal.Kept, journal.Start!.Done));
        Assert.Equal([4, 2], journal.Start.Recovered);
        Assert.Equal([3, 2], journal.Start.FormulaRecovered);
        Assert.Null(ConjectureJournal.Open(_folder, s_spec, resume: false).Start);
        journal.Delete();
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void TalliesInQuickSuccessionAreNotWritten()
    {
        ConjectureJournal.Open(_folder, s_spec, resume: false).Keep(s_tally);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void AnotherExperimentIsNotGoneOnWith()
    {
        ConjectureJournal.Open(_folder, s_spec, resume: false).Write(s_tally);
        foreach (
            ConjectureSpec other in (ConjectureSpec[])
                [
                    s_spec with
                    {
                        Seed = 1,
                    },
                    s_spec with
                    {
                        Trials = 11,
                    },
                    s_spec with
                    {
                        Hidden = 5,
                    },
                    s_spec with
                    {
                        Sigmas = [0.1, 0.2],
                    },
                    s_spec with
                    {
                        Methods = [new EchelonMethod()],
                    },
                ]
        )
            Assert.Contains(
                "is of another experiment",
                Assert.Throws<ResultsException>(() => ConjectureJournal.Open(_folder, other, resume: true)).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void WhatIsDamagedIsRefusedInOneLine()
    {
        ConjectureJournal.Open(_folder, s_spec, resume: false).Write(s_tally);
        string[] whole = File.ReadAllLines(Partial);
        foreach (
            string[] broken in (string[][])
                [
                    [],
                    whole[..1],
                    whole[..3],
                    [.. whole, "1 1"],
                    [whole[0], "21", .. whole[2..]],
                    [whole[0], "x", .. whole[2..]],
                    [.. whole[..3], "3 4"],
                    [.. whole[..3], "11 1"],
                    [.. whole[..3], "2"],
                    [.. whole, new string('1', 1 << 16)],
                    ["x", .. whole[1..]],
                ]
        )
        {
            File.WriteAllLines(Partial, broken);
            string message = Assert.Throws<ResultsException>(() => ConjectureJournal.Open(_folder, s_spec, resume: true)).Message;
            Assert.Contains("conjecture.partial is damaged", message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }
}
