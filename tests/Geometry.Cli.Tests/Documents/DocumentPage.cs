using Geometry.Cli.Tests.RepositoryRules;

namespace Geometry.Cli.Tests.Documents;

/// <summary>A fenced block of a page: ```language tag, its lines, and where it begins.</summary>
/// <param name="Language">The first word behind the fence; empty for none.</param>
/// <param name="Tag">The rest of that line.</param>
/// <param name="Lines">What is between the fences.</param>
/// <param name="Line">Number of the opening fence, from 1.</param>
internal sealed record FencedBlock(string Language, string Tag, IReadOnlyList<string> Lines, int Line)
{
    private const string NotRun = "not-run:",
        Needs = "needs ";

    /// <summary>Whether it holds commands for a shell or for Python.</summary>
    public bool IsProgram => Language is "sh" or "python";

    /// <summary>Whether its commands are run by the tests.</summary>
    public bool IsRun => IsProgram && !Tag.StartsWith(NotRun, StringComparison.Ordinal);

    /// <summary>
    /// What it needs beside the command and a shell: <c>python</c> (with NumPy and pandas), or a program of the tag <c>needs NAME</c>;
    /// empty for nothing.
    /// </summary>
    public string Need =>
        Language == "python" ? "python"
        : Tag.StartsWith(Needs, StringComparison.Ordinal) ? Tag[Needs.Length..]
        : "";

    /// <summary>Whether its tag is one that is known: nothing, <c>not-run: REASON</c>, or <c>needs PROGRAM</c>.</summary>
    public bool HasKnownTag =>
        Tag.Length == 0
        || Need is not ("" or "python")
        || (Tag.StartsWith(NotRun, StringComparison.Ordinal) && Tag.Length > NotRun.Length + 1);
}

/// <summary>A page of the documentation, read into its fenced blocks.</summary>
/// <remarks>
/// The output of a block of commands is the block <c>text</c> that is the next one behind it. In it a line that is … alone stands for any
/// number of lines, and … within a line for any text.
/// </remarks>
internal sealed record DocumentPage(string Path, IReadOnlyList<string> Lines, IReadOnlyList<FencedBlock> Blocks)
{
    /// <summary>All pages: README, CHANGELOG, CONTRIBUTING and docs.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "README.md", "CHANGELOG.md", "CONTRIBUTING.md" }.Where(f => File.Exists(System.IO.Path.Combine(Repository.Root, f))),
        .. Repository.Files("docs", ".md"),
    ];

    public static DocumentPage Read(string path)
    {
        string[] lines = Repository.Read(path).Split('\n');
        var blocks = new List<FencedBlock>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, i + 1, l => l.StartsWith("```", StringComparison.Ordinal));
            if (end < 0)
                throw new FormatException($"{path}:{i + 1}: the fence is not closed");
            string[] words = lines[i][3..].Split(' ', 2);
            blocks.Add(new FencedBlock(words[0], words.Length > 1 ? words[1].Trim() : "", lines[(i + 1)..end], i + 1));
            i = end;
        }
        return new DocumentPage(path, lines, blocks);
    }

    /// <summary>The expected output of a block; null where the page shows none.</summary>
    public IReadOnlyList<string>? OutputOf(FencedBlock block)
    {
        int next = Blocks.ToList().IndexOf(block) + 1;
        return next < Blocks.Count && Blocks[next].Language == "text" ? Blocks[next].Lines : null;
    }
}
