using System.Text.RegularExpressions;
using Xunit;

namespace Geometry.Cli.Tests.RepositoryRules;

/// <summary>Rules that a compiler does not keep.</summary>
public partial class SourceRules
{
    private const int MostLines = 400;
    private static readonly string[] s_topLevel =
    [
        "src",
        "tests",
        "fixtures",
        "tools",
        "docs",
        "Geometry.sln",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "global.json",
        "Directory.Build.props",
        "Directory.Packages.props",
        "bin",
        "obj",
        "TestResults",
        "out",
    ];

    [Fact]
    public void OnlyTheCommandLineKnowsTheConsole() =>
        AssertNone(ConsoleUse(), Repository.Files("src", ".cs").Where(f => !f.StartsWith("src/Geometry.Cli/", StringComparison.Ordinal)));

    [Fact]
    public void RandomNumbersHaveASeed() =>
        AssertNone(
            UnseededRandom(),
            Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs")).Concat(Repository.Files("tools", ".cs"))
        );

    [Fact]
    public void LibrariesDoNotReadTheCalendar() => AssertNone(CalendarUse(), Repository.Files("src", ".cs"));

    [Fact]
    public void TheAnalysisLibraryHasNoClockAndNoFiles() => AssertNone(ClockOrFileUse(), Repository.Files("src/Geometry", ".cs"));

    /// <summary>
    /// The runtime takes sines and logarithms from the C library of the machine, which may round otherwise: what decides or is stored uses
    /// Geometry.Numerics.Elementary.
    /// </summary>
    [Fact]
    public void ResultsUseElementaryFunctionsOfOurOwn() =>
        AssertNone(
            MachineFunction(),
            new[] { "src/Geometry", "src/Geometry.Training", "src/Geometry.Storage" }
                .SelectMany(f => Repository.Files(f, ".cs"))
                .Where(f => f != "src/Geometry/Numerics/Elementary.cs")
        );

    [Theory]
    [InlineData("Math.Log(x)", true)]
    [InlineData("MathF.Tanh(x)", true)]
    [InlineData("TensorPrimitives.Exp(x, y)", true)]
    [InlineData("Elementary.Log(x) + Math.Sqrt(y) + BitOperations.Log2(n)", false)]
    public void TheFunctionRuleCanFail(string line, bool found) => Assert.Equal(found, MachineFunction().IsMatch(line));

    [Fact]
    public void FilesAreShort()
    {
        string[] code =
        [
            .. Repository.Files("src", ".cs"),
            .. Repository.Files("tests", ".cs"),
            .. Repository.Files("tools", ".cs", ".py"),
        ];
        Assert.NotEmpty(code);
        Assert.All(code, file => Assert.InRange(Repository.Read(file).Split('\n').Length - 1, 0, MostLines));
    }

    [Fact]
    public void NamespacesAreFileScoped()
    {
        AssertNone(BlockNamespace(), Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs")));
    }

    [Fact]
    public void NoFileNamesAPlaceOnOneMachine()
    {
        string[] text = [".cs", ".csproj", ".props", ".targets", ".md", ".py", ".json", ".yaml", ".yml", ".sln", ".txt", ".csv", ""];
        IEnumerable<string> files = new[] { "src", "tests", "fixtures", "tools", "docs", ".ci" }
            .SelectMany(f => Repository.Files(f, text))
            .Concat(s_topLevel.Where(f => File.Exists(Path.Combine(Repository.Root, f))));
        AssertNone(MachinePath(), files);
    }

    [Fact]
    public void TheTopLevelHoldsNothingElse()
    {
        IEnumerable<string> entries = Directory.EnumerateFileSystemEntries(Repository.Root).Select(e => Path.GetFileName(e)!);
        Assert.DoesNotContain(entries, e => !e.StartsWith('.') && !s_topLevel.Contains(e));
    }

    [Theory]
    [InlineData("Console.WriteLine(1)", true)]
    [InlineData("IAnsiConsole.Write(1)", false)]
    public void TheConsoleRuleCanFail(string line, bool found) => Assert.Equal(found, ConsoleUse().IsMatch(line));

    [Theory]
    [InlineData("var r = new Random();", true)]
    [InlineData("Random.Shared.Next()", true)]
    [InlineData("new Random(seed)", false)]
    public void TheRandomRuleCanFail(string line, bool found) => Assert.Equal(found, UnseededRandom().IsMatch(line));

    [Theory]
    [InlineData("DateTime.UtcNow", true)]
    [InlineData("DateTimeOffset.Now", true)]
    [InlineData("Stopwatch.GetTimestamp()", false)]
    public void TheCalendarRuleCanFail(string line, bool found) => Assert.Equal(found, CalendarUse().IsMatch(line));

    [Theory]
    [InlineData("see /ho" + "me/someone/data", true)]
    [InlineData("C:" + "\\Users\\someone", true)]
    [InlineData("../relative/path and https://example.org/home/", false)]
    public void ThePathRuleCanFail(string line, bool found) => Assert.Equal(found, MachinePath().IsMatch(line));

    private static void AssertNone(Regex pattern, IEnumerable<string> files)
    {
        string[] searched = [.. files.Where(f => !f.EndsWith("/RepositoryRules/SourceRules.cs", StringComparison.Ordinal))];
        Assert.NotEmpty(searched);
        string[] offences =
        [
            .. from file in searched
            from line in Repository.Read(file).Split('\n').Select((text, i) => (text, number: i + 1))
            where pattern.IsMatch(line.text)
            select FormattableString.Invariant($"{file}:{line.number}: {line.text.Trim()}"),
        ];
        Assert.Empty(offences);
    }

    [GeneratedRegex(@"(?<![A-Za-z])Console\.")]
    private static partial Regex ConsoleUse();

    [GeneratedRegex(@"new (System\.)?Random\(\)|Random\.Shared|RandomNumberGenerator\.")]
    private static partial Regex UnseededRandom();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex CalendarUse();

    [GeneratedRegex(
        @"\b(Stopwatch|TickCount(64)?|TimeProvider)\b|(?<![A-Za-z])(File|Directory|FileStream)\.[A-Z]|Environment\.GetEnvironmentVariable"
    )]
    private static partial Regex ClockOrFileUse();

    [GeneratedRegex(
        @"\b(Math|MathF|TensorPrimitives|double|float)\."
            + @"(Sin|Cos|Tan|SinCos|Exp|Log|Log2|Log10|LogP1|ExpM1|Pow|Cbrt|A?(Sin|Cos|Tan)h?|Atan2|Sigmoid|SoftMax)\("
    )]
    private static partial Regex MachineFunction();

    [GeneratedRegex(@"^namespace [\w.]+\s*\{?\s*$")]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"(?<![\w.:/-])/(home|root|work|tmp|Users|mnt|opt|var)/\w|\b[A-Za-z]:\\\w")]
    private static partial Regex MachinePath();
}
