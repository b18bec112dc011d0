using System.Text.Json;

namespace Geometry.Training.Tests;

/// <summary>Reads the cases of a file in fixtures/training.</summary>
internal static class Fixture
{
    private static readonly JsonSerializerOptions s_format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static T[] Read<T>(string file)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Geometry.sln")))
            folder = Path.GetDirectoryName(folder);
        string path = Path.Combine(
            folder ?? throw new DirectoryNotFoundException("no Geometry.sln above the tests"),
            "fixtures",
            "training",
            file
        );
        return JsonSerializer.Deserialize<T[]>(File.ReadAllText(path), s_format)!;
    }
}

internal sealed record GradientCase(
    int Features,
    int Hidden,
    int Batch,
    string Activation,
    double Gamma,
    bool Tied,
    bool Bias,
    double[] Importance,
    float[] XByFeature,
    float[] Encoder,
    float[]? Decoder,
    float[]? B,
    double Loss,
    float[] GradEncoder,
    float[]? GradDecoder,
    float[]? GradB
)
{
    internal ModelShape Model => new(Features, Hidden, Enum.Parse<Activation>(Activation, ignoreCase: true), Gamma, Tied, Bias);

    public override string ToString() => $"{Features} {Hidden} {Activation} tied {Tied} bias {Bias} batch {Batch}";
}

internal sealed record OptimizerCase(
    string Optimizer,
    string Schedule,
    double LearningRate,
    double WeightDecay,
    double Momentum,
    float[] Start,
    float[][] Gradients,
    float[][] Parameters
);
