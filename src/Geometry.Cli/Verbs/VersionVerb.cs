using System.CommandLine;
using System.Reflection;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry version</c></summary>
internal static class VersionVerb
{
    public static Command Create(Streams streams)
    {
        var command = new VerbCommand("version", "Print the version.", "geometry version");
        command.SetAction(_ =>
        {
            streams.Out.WriteLine(typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");
            return ExitStatus.Done;
        });
        return command;
    }
}
