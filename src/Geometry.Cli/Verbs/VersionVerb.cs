using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry version</c></summary>
internal static class VersionVerb
{
    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "version",
            "Print the version, the runtime, and the vector instructions that it finds.",
            "geometry version"
        );
        command.SetAction(_ =>
        {
            streams.Out.WriteLine(
                typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"
            );
            streams.Out.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Instructions()}");
            return ExitStatus.Done;
        });
        return command;
    }

    /// <summary>The vector instructions that the kernels use. Times depend on them, results do not.</summary>
    private static string Instructions() =>
        Vector512.IsHardwareAccelerated ? "AVX-512"
        : Avx2.IsSupported
            ? Fma.IsSupported ? "AVX2"
                : "AVX2 without FMA"
        : AdvSimd.IsSupported ? "AdvSimd"
        : Vector128.IsHardwareAccelerated ? "vectors of 128 bits"
        : "no vector instructions";
}
