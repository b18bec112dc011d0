using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Geometry.Cli.Completion;

/// <summary>Completion scripts that contain all words, so that pressing Tab starts no program.</summary>
internal static class CompletionScripts
{
    /// <summary>The shells with a script.</summary>
    public static string[] Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell, IReadOnlyList<CompletionWords> words) =>
        shell switch
        {
            "bash" => Bash(words),
            "zsh" => Zsh(words),
            "fish" => Fish(words),
            "powershell" => PowerShell(words),
            _ => throw new ArgumentException($"no script for {shell}", nameof(shell)),
        };

    private static string Bash(IReadOnlyList<CompletionWords> words)
    {
        var script = new StringBuilder("# Completion of geometry for bash: source <(geometry completion bash)\n_geometry() {\n");
        script.Append("  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at='' i list=''\n  COMPREPLY=()\n");
        AppendShellPath(script, words, "i=1; i<COMP_CWORD; i++", "COMP_WORDS[i]");
        AppendShellValues(script, words, "prev", "COMPREPLY=($(compgen -W \"$list\" -- \"$cur\")); return");
        script.Append("  case $at in\n");
        foreach (CompletionWords w in words)
            script.Append(CultureInfo.InvariantCulture, $"    '{w.Path}') list='{string.Join(' ', Names(w))}' ;;\n");
        script.Append(
            "  esac\n  COMPREPLY=($(compgen -W \"$list\" -- \"$cur\"))\n}\ncomplete -o default -o bashdefault -F _geometry geometry\n"
        );
        return script.ToString();
    }

    private static string Zsh(IReadOnlyList<CompletionWords> words)
    {
        var script = new StringBuilder(
            "#compdef geometry\n# Completion of geometry for zsh: source <(geometry completion zsh)\n_geometry() {\n"
        );
        script.Append("  local cur=${words[CURRENT]} prev=${words[CURRENT-1]} at='' list='' i\n  local -a described\n");
        AppendShellPath(script, words, "i=2; i<CURRENT; i++", "words[i]");
        AppendShellValues(script, words, "prev", "compadd -- ${=list}; return");
        script.Append("  case $at in\n");
        foreach (CompletionWords w in words)
        {
            IEnumerable<string> described = w
                .Commands.Concat(w.Options)
                .Select(o => $"'{o.Name}:{o.Description}'")
                .Concat(w.Words.Select(x => $"'{x}'"));
            script.Append(CultureInfo.InvariantCulture, $"    '{w.Path}') described=({string.Join(' ', described)}) ;;\n");
        }
        script.Append(
            "  esac\n  if [[ $cur == -* || -z $at || ${at##* } == (help|completion|theory) ]]; then _describe 'geometry' described; "
                + "else _files; fi\n}\n"
        );
        script.Append("if (( $+functions[compdef] )); then compdef _geometry geometry; fi\n");
        return script.ToString();
    }

    private static string Fish(IReadOnlyList<CompletionWords> words)
    {
        var script = new StringBuilder("# Completion of geometry for fish: geometry completion fish | source\n");
        script.Append(
            "function __geometry_at\n  set -l words (commandline -opc)\n  set -e words[1]\n  set -l path\n  for word in $words\n    "
                + "switch (string trim \"$path $word\")\n"
        );
        foreach (CompletionWords w in words.Where(w => w.Path.Length > 0))
            script.Append(CultureInfo.InvariantCulture, $"      case '{w.Path}'\n        set path '{w.Path}'\n");
        script.Append("    end\n  end\n  test \"$path\" = \"$argv\"\nend\n");
        foreach (CompletionWords w in words)
        {
            string condition = $"-n '__geometry_at {w.Path}'";
            foreach ((string name, string description) in w.Commands)
                script.Append(CultureInfo.InvariantCulture, $"complete -c geometry {condition} -f -a '{name}' -d '{description}'\n");
            foreach (string word in w.Words)
                script.Append(CultureInfo.InvariantCulture, $"complete -c geometry {condition} -f -a '{word}'\n");
            foreach ((string name, string description) in w.Options)
            {
                string values = w.Values.TryGetValue(name, out string[]? list) ? $" -x -a '{string.Join(' ', list)}'" : "";
                script.Append(
                    CultureInfo.InvariantCulture,
                    $"complete -c geometry {condition} -l {name[2..]} -d '{description}'{values}\n"
                );
            }
        }
        return script.ToString();
    }

    private static string PowerShell(IReadOnlyList<CompletionWords> words)
    {
        var script = new StringBuilder(
            "# Completion of geometry for PowerShell: geometry completion powershell | Out-String | Invoke-Expression\n"
        );
        script.Append(
            "Register-ArgumentCompleter -Native -CommandName geometry -ScriptBlock {\n  param($wordToComplete, $commandAst, "
                + "$cursorPosition)\n  $lists = @{\n"
        );
        foreach (CompletionWords w in words)
            script.Append(CultureInfo.InvariantCulture, $"    '{w.Path}' = '{string.Join(' ', Names(w))}'\n");
        script.Append("  }\n  $values = @{\n");
        foreach ((string name, string list) in Values(words))
            script.Append(CultureInfo.InvariantCulture, $"    '{name}' = '{list}'\n");
        script.Append(
            """
              }
              $before = $commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition }
              $words = @($before | ForEach-Object { $_.ToString() })
              $path = ''
              foreach ($word in ($words | Select-Object -Skip 1)) {
                $next = ($path + ' ' + $word).Trim()
                if ($lists.ContainsKey($next)) { $path = $next }
              }
              $list = if ($words.Count -gt 0 -and $values.ContainsKey($words[-1])) { $values[$words[-1]] } else { $lists[$path] }
              $list -split ' ' | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """
        );
        return script.ToString();
    }

    /// <summary>Finds the command that the words before the cursor name, in bash and zsh.</summary>
    private static void AppendShellPath(StringBuilder script, IReadOnlyList<CompletionWords> words, string loop, string element)
    {
        script.Append(CultureInfo.InvariantCulture, $"  for (({loop})); do\n    case \"${{at:+$at }}${{{element}}}\" in\n");
        string paths = string.Join('|', words.Where(w => w.Path.Length > 0).Select(w => $"'{w.Path}'"));
        script.Append(CultureInfo.InvariantCulture, $"      {paths}) at=\"${{at:+$at }}${{{element}}}\" ;;\n    esac\n  done\n");
    }

    private static void AppendShellValues(StringBuilder script, IReadOnlyList<CompletionWords> words, string previous, string complete)
    {
        script.Append(CultureInfo.InvariantCulture, $"  case ${previous} in\n");
        foreach ((string name, string list) in Values(words))
            script.Append(CultureInfo.InvariantCulture, $"    {name}) list='{list}' ;;\n");
        script.Append(CultureInfo.InvariantCulture, $"  esac\n  if [[ -n $list ]]; then {complete}; fi\n");
    }

    private static IEnumerable<(string Name, string List)> Values(IReadOnlyList<CompletionWords> words) =>
        words.SelectMany(w => w.Values).GroupBy(v => v.Key).Select(g => (g.Key, string.Join(' ', g.SelectMany(v => v.Value).Distinct())));

    private static IEnumerable<string> Names(CompletionWords words) =>
        words.Commands.Select(c => c.Name).Concat(words.Words).Concat(words.Options.Select(o => o.Name));
}

/// <summary>The words that can follow a command.</summary>
/// <param name="Path">The words, such as <c>theory phases</c>; empty for the program itself.</param>
/// <param name="Commands">Its subcommands, with their descriptions.</param>
/// <param name="Options">Long options, with their descriptions.</param>
/// <param name="Values">The words of an option, for options with a list of words.</param>
/// <param name="Words">The words of an argument, for arguments with a list of words.</param>
internal sealed record CompletionWords(
    string Path,
    IReadOnlyList<(string Name, string Description)> Commands,
    IReadOnlyList<(string Name, string Description)> Options,
    IReadOnlyDictionary<string, string[]> Values,
    IReadOnlyList<string> Words
)
{
    /// <summary>The words for the program and each of its commands.</summary>
    public static List<CompletionWords> Of(RootCommand root)
    {
        var all = new List<CompletionWords>();
        Add(root, "", all);
        return all;
    }

    private static void Add(Command command, string path, List<CompletionWords> all)
    {
        var values = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (Option option in command.Options)
        {
            // 'planes|blocks|both' lists the words; 'path|none' does not list paths.
            if (option.HelpName is { } help && help.Contains('|', StringComparison.Ordinal))
                values.Add(option.Name, [.. help.Split('|').Where(w => w is not ("path" or "file" or "folder"))]);
        }
        all.Add(
            new CompletionWords(
                path,
                [.. command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, First(c.Description)))],
                [
                    .. command
                        .Options.Where(o => !o.Hidden && o.Name.StartsWith("--", StringComparison.Ordinal))
                        .Select(o => (o.Name, First(o.Description))),
                ],
                values,
                command.Name == "completion" ? CompletionScripts.Shells
                    : command.Name == "help" ? [.. command.Parents.OfType<Command>().SelectMany(p => p.Subcommands).Select(c => c.Name)]
                    : []
            )
        );
        foreach (Command below in command.Subcommands)
            Add(below, path.Length == 0 ? below.Name : path + " " + below.Name, all);
    }

    /// <summary>The description up to its first full stop, semicolon or colon, without characters that need quoting in a shell.</summary>
    private static string First(string? description)
    {
        string text = description ?? "";
        int end = text.AsSpan().IndexOfAny('.', ';', ':');
        if (end > 0)
            text = text[..end];
        return new string([.. text.Select(c => c is '\'' or '"' or '`' or '$' or '\\' or '[' or ']' ? ' ' : c)]).Trim();
    }
}
