using System.Text.RegularExpressions;
using Geometry.Storage.Files;
using Geometry.Training;

namespace Geometry.Cli.Training;

/// <summary>Makes the engine with a name on a device.</summary>
internal delegate ITrainer EngineFactory(string engine, string device, int threads);

/// <summary>The engines of this build.</summary>
internal static partial class Engines
{
    public const string Cpu = "cpu";
    public const string Torch = "torch";

    /// <exception cref="InputException">This build does not have the engine, or the engine does not have the device.</exception>
    public static ITrainer Create(string engine, string device, int threads)
    {
        Require(engine, device);
        return engine == Torch ? CreateTorch(device, threads) : new CpuTrainer(threads);
    }

    /// <summary>
    /// Throws for an engine or device that this build can run on no machine; whether this machine has the device is not checked.
    /// </summary>
    /// <exception cref="InputException">This build does not have the engine, or the engine supports no such device.</exception>
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
        // TorchSharp prints pages about what it tries; the line below reports the outcome.
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

    /// <summary>The reason why a native library cannot be loaded; null when the trace shows another error.</summary>
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
    /// The message of the system's loader about the native library beside the program, which TorchSharp hides; empty where the library is
    /// missing or can be loaded.
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
