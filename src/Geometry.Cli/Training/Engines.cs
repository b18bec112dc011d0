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
        if (engine == Torch) return CreateTorch(device, threads);
        if (device != "cpu") throw new InputException($"--device {device} is for --engine torch; the cpu engine runs on the processor");
        return new CpuTrainer(threads);
    }

#if TORCH
    private static Geometry.Training.Torch.TorchTrainer CreateTorch(string device, int threads) => new(device, threads);
#else
    private static ITrainer CreateTorch(string device, int threads) => throw new InputException(
        $"--engine torch --device {device} is not in this build; build it in with: dotnet build -c Release -p:Torch={(device == "cpu" ? "cpu" : "cuda-linux")} src/Geometry.Cli");
#endif
}
