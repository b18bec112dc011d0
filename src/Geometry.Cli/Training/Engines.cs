using System.Text.RegularExpressions;
using Geometry.Storage.Files;
using Geometry.Training;

namespace Geometry.Cli.Training;

/// <summary>Makes the engine of a name on a device.</summary>
internal delegate ITrainer EngineFactory(string engine, string device, int threads);

/// <summary>The engines of this build.</summary>
internal static partial class Engines
{
    public const string Cpu = "cpu";
    public const string Torch = "torch";

    /// <exception cref="InputException">This build does not have the engine, or the engine not the device.</exception>
    public static ITrainer Create(string engine, string device, int threads)
    {
        Require(engine, device);
        return engine == Torch ? CreateTorch(device, threads) : new CpuTrainer(threads);
    }

    /// <summary>Refuses what no machine could run with this build; whether this machine has the device is another matter.</summary>
    /// <exception cref="InputException">This build does not have the engine, or the engine never such a device.</exception>
    public static void Require(string engine, string device)
    {
        if (!Device().IsMatch(device))
            throw new InputException($"--device: expected cpu, cuda or cuda:N, found '{device}'");
        if (engine == Cpu && device != "cpu")
            throw new InputException($"--device {device} is for --engine torch; the cpu engine runs on the processor");
#if !TORCH
        if (engine == Torch)
            throw new InputException(
                $"--engine torch --device {device} is not in this build; build it in with: dotnet build -c Release "
                    + $"-p:Torch={(device == "cpu" ? "cpu" : "cuda-linux")} src/Geometry.Cli"
            );
#endif
    }

    [GeneratedRegex("^(cpu|cuda(:[0-9]{1,3})?)$")]
    private static partial Regex Device();

#if TORCH
    private static Geometry.Training.Torch.TorchTrainer CreateTorch(string device, int threads)
    {
        // TorchSharp prints what it tries, page by page; the line below says what came of it.
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            return new Geometry.Training.Torch.TorchTrainer(device, threads);
        }
#pragma warning disable CA1031 // TorchSharp wraps what the system's loader says in exceptions of many kinds.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            throw new InputException(
                $"--engine torch --device {device}: {Reason(e.ToString()) ?? (e.InnerException ?? e).Message.Split('\n')[0]}",
                e
            );
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    /// <summary>Why a native library cannot be loaded; null when that is not the reason.</summary>
    private static string? Reason(string trace)
    {
        if (LackingVersion().Match(trace + LoaderMessage()) is { Success: true } lacking)
            return $"torch's native library needs {lacking.Value}, which this system's C++ library lacks; Debian 13 and Ubuntu "
                + $"24.04 have it";
        return
            trace.Contains("DllNotFoundException", StringComparison.Ordinal)
            || trace.Contains("LoadNativeBackend", StringComparison.Ordinal)
            || trace.Contains("native component", StringComparison.Ordinal)
            ? "torch's native library is missing or cannot be loaded; build with -p:Torch=cpu on the machine that trains, or copy "
                + "the folder runtimes/ too"
            : null;
    }

    /// <summary>
    /// What the system's loader says of the native library beside the program, which TorchSharp does not tell; empty where it is not there,
    /// or loads.
    /// </summary>
    private static string LoaderMessage()
    {
        string? library = Directory
            .EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories)
            .FirstOrDefault();
        if (library is null)
            return "";
        try
        {
            System.Runtime.InteropServices.NativeLibrary.Load(library);
            return "";
        }
        catch (DllNotFoundException e)
        {
            return e.Message;
        }
    }

    [GeneratedRegex("(GLIBCXX|GLIBC|CXXABI)_[0-9.]+[0-9]")]
    private static partial Regex LackingVersion();
#else
    private static ITrainer CreateTorch(string device, int threads) => throw new NotSupportedException();
#endif
}
