using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Xunit.Sdk;

namespace Geometry.Cli.Tests.Processors;

/// <summary>
/// A processor that a child process can be made to act as, by the variables of its environment. Where this machine lacks what is to be
/// taken away, the process would be like any other and the comparison would prove nothing: the test is skipped, with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProcessorAttribute : DataAttribute
{
    public const string WithoutAvx512 = "without AVX-512",
        WithoutAvx2 = "without AVX2",
        WithoutLibraryVariants = "C library without AVX2 and FMA",
        WithoutVectors = "without vector instructions";

    private readonly string _name;

    public ProcessorAttribute(string name)
    {
        _name = name;
        Skip = name switch
        {
            WithoutAvx512 when !Vector512.IsHardwareAccelerated => "this processor has no AVX-512 to leave out",
            WithoutAvx2 when !Avx2.IsSupported => "this processor has no AVX2 to leave out",
            WithoutLibraryVariants
                when !(
                    OperatingSystem.IsLinux()
                    && RuntimeInformation.RuntimeIdentifier.StartsWith("linux-x64", StringComparison.Ordinal)
                    && Avx2.IsSupported
                ) => "this machine has no C library (glibc on x86-64) whose variants for AVX2 can be left out",
            _ => null,
        };
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            [_name],
        ];

    /// <summary>The variables that make a process act as the processor called so.</summary>
    public static Dictionary<string, string> Environment(string name) =>
        name switch
        {
            WithoutAvx512 => new() { ["DOTNET_EnableAVX512"] = "0", ["DOTNET_EnableAVX512F"] = "0" },
            WithoutAvx2 => new() { ["DOTNET_EnableAVX2"] = "0" },
            WithoutLibraryVariants => new() { ["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable" },
            WithoutVectors => new() { ["DOTNET_EnableHWIntrinsic"] = "0" },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such processor"),
        };
}
