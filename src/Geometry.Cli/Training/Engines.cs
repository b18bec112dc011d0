using Geometry.Storage.Sweeps;
using Geometry.Training;

namespace Geometry.Cli.Training;

/// <summary>Makes the engine of a name on a device.</summary>
internal delegate ITrainer EngineFactory(string engine, string device, int threads);

/// <summary>The engines of this build.</summary>
internal static class Engines
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
        if (engine == Cpu && device != "cpu") throw new InputException($"--device {device} is for --engine torch; the cpu engine runs on the processor");
#if !TORCH
        if (engine == Torch)
            throw new InputException($"--engine torch --device {device} is not in this build; build it in with: dotnet build -c Release -p:Torch={(device == "cpu" ? "cpu" : "cuda-linux")} src/Geometry.Cli");
#endif
    }

#if TORCH
    private static Geometry.Training.Torch.TorchTrainer CreateTorch(string device, int threads)
    {
        try
        {
            return new Geometry.Training.Torch.TorchTrainer(device, threads);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or TypeInitializationException)
        {
            throw new InputException($"--engine torch --device {device}: {(e.InnerException ?? e).Message}", e);
        }
    }
#else
    private static ITrainer CreateTorch(string device, int threads) => throw new NotSupportedException();
#endif
}
