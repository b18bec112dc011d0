using Geometry.Training.Engine;

namespace Geometry.Training.Streams;

/// <summary>
/// The initial parameters of a run. By default weights are Xavier-normal, with mean 0 and standard deviation √(2/(n+m)) (Glorot and Bengio
/// 2010, AISTATS), independent of each other and between encoder and decoder, and the bias is 0. Otherwise they are a <see
/// cref="TrainingStart"/> with noise on every trained parameter.
/// </summary>
/// <remarks>
/// The published notebook fills one tensor (I, n, m) for I instances, for which PyTorch counts fan-in n·m and fan-out I·m, hence a standard
/// deviation √(2/((n+I)·m)) that depends on how many other models share the tensor. Here runs are independent, and the fans are those of
/// each run's own matrix, n and m.
/// </remarks>
internal static class Start
{
    /// <summary>The standard deviation √(2/(n+m)) of a weight.</summary>
    internal static double Deviation(ModelShape model) => Math.Sqrt(2.0 / (model.Features + (double)model.Hidden));

    /// <summary>Fills the parameters: encoder, decoder if untied, bias if there is one.</summary>
    /// <remarks>
    /// theta: the parameters, laid out as <see cref="ParameterLayout"/> says.
    /// </remarks>
    internal static void Fill(TrainingRun run, Span<float> theta)
    {
        theta.Clear();
        if (run.Model.IsNetwork)
        {
            FillNetwork(run, theta);
            return;
        }
        var layout = new ParameterLayout(run.Model);
        if (run.Start is not { } start)
        {
            AddNormal(run, theta[..layout.Bias], Deviation(run.Model));
            return;
        }
        for (int i = 0; i < layout.Weights; i++)
        {
            theta[i] = (float)start.Weights[i];
            theta[layout.Decoder + i] = (float)start.Weights[i];
        }
        for (int i = 0; layout.HasBias && i < layout.Features; i++)
            theta[layout.Bias + i] = (float)(start.Bias?[i] ?? 0);
        if (start.Noise > 0)
            AddNormal(run, theta[..layout.Count], start.Noise);
    }

    /// <summary>Each matrix, that of a head too, with the standard deviation of its own fans; biases 0.</summary>
    private static void FillNetwork(TrainingRun run, Span<float> theta)
    {
        AddNormal(run, theta[..run.Model.Blocks.Sum(b => b.Length)], 1);
        int perLayer = run.Model.Bias ? 2 : 1;
        foreach ((int k, ParameterBlock block) in run.Model.Blocks.Index())
        {
            DenseLayer? layer = k / perLayer < run.Model.Layers.Count ? run.Model.Layers[k / perLayer] : null;
            if (layer is { Start: not LayerStart.Xavier })
            {
                if (block.IsVector)
                    theta[..block.Length].Fill(layer.Start == LayerStart.Bernoulli ? -1 : 0);
                else
                    LayerStarts.Shape(layer, theta[..block.Length]);
                theta = theta[block.Length..];
                continue;
            }
            float deviation = block.IsVector ? 0 : (float)Math.Sqrt(2.0 / (block.Rows + (double)block.Columns));
            foreach (ref float value in theta[..block.Length])
                value *= deviation;
            theta = theta[block.Length..];
        }
    }

    /// <summary>Adds normal numbers of mean 0 from the run's stream for starts.</summary>
    private static void AddNormal(TrainingRun run, Span<float> target, double deviation)
    {
        var stream = new RandomStream((uint)run.Seed, (uint)run.Index, 0, Purpose.Start);
        for (int i = 0; i < target.Length; i += 2)
        {
            // Box and Muller 1958, doi:10.1214/aoms/1177706645; 1 − u keeps the logarithm finite.
            double radius = Math.Sqrt(-2 * Elementary.Log(1 - stream.Uniform((uint)i, 0))) * deviation;
            double angle = 2 * Math.PI * stream.Uniform((uint)i, 1);
            target[i] += (float)(radius * Elementary.Cos(angle));
            if (i + 1 < target.Length)
                target[i + 1] += (float)(radius * Elementary.Sin(angle));
        }
    }
}
