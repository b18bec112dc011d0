namespace Geometry.Training.Tests.Networks;

/// <summary>The loss of a network in float64 straight from the definition, and its gradient by finite differences.</summary>
internal static class ReferenceNetwork
{
    /// <summary>Mean over the samples of Σ_i I_i (x_i − x'_i)²/n + weight·(−ln p_y).</summary>
    internal static double Loss(TrainingRun run, double[] theta, double[][] samples) => samples.Average(x => Sample(run, theta, x));

    internal static double[] Gradient(TrainingRun run, double[] theta, double[][] samples)
    {
        const double Step = 1e-7;
        var gradient = new double[theta.Length];
        for (int k = 0; k < theta.Length; k++)
        {
            double kept = theta[k];
            theta[k] = kept + Step;
            double above = Loss(run, theta, samples);
            theta[k] = kept - Step;
            gradient[k] = (above - Loss(run, theta, samples)) / (2 * Step);
            theta[k] = kept;
        }
        return gradient;
    }

    private static double Sample(TrainingRun run, double[] theta, double[] x)
    {
        ModelShape model = run.Model;
        if (model.Pairs is { } pairs)
            return Pairs(model, pairs, theta, x);
        Dictionary<string, double[]> arrays = Arrays(model, theta);
        double[] hidden,
            output;
        if (model.Layers.Count == 0)
        {
            double[] w = arrays["W"],
                a = model.Tied ? w : arrays["decoder"];
            int n = model.Features;
            hidden = [.. Enumerable.Range(0, model.Hidden).Select(k => Enumerable.Range(0, n).Sum(i => w[(k * n) + i] * x[i]))];
            output =
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(i =>
                        Activate(
                            model,
                            model.Activation,
                            Enumerable.Range(0, model.Hidden).Sum(k => a[(k * n) + i] * hidden[k]) + (model.Bias ? arrays["b"][i] : 0)
                        )
                    ),
            ];
        }
        else
        {
            (hidden, output) = Layers(model, arrays, x);
        }
        double loss = model.Head is { Alone: true }
            ? 0
            : Enumerable
                .Range(0, model.Features)
                .Sum(i => run.Data.Importance[i] * (output[i] - x[i]) * (output[i] - x[i]) / model.Features);
        if (model.Head is not { } head)
            return loss;
        double[] logits =
        [
            .. Enumerable
                .Range(0, head.Classes)
                .Select(c => arrays["head_b"][c] + hidden.Select((h, k) => arrays["head"][(c * hidden.Length) + k] * h).Sum()),
        ];
        return loss + (head.Weight * (Math.Log(logits.Sum(Math.Exp)) - logits[head.ClassOf(head.Features.Count(f => x[f] > 0))]));
    }

    private static (double[] Hidden, double[] Output) Layers(ModelShape model, Dictionary<string, double[]> arrays, double[] x)
    {
        double[] now = x,
            hidden = x;
        for (int l = 0; l < model.Layers.Count; l++)
        {
            DenseLayer layer = model.Layers[l];
            double[] from = hidden = now,
                w = arrays[$"W{l + 1}"];
            double[]? b = model.Bias ? arrays[$"b{l + 1}"] : null;
            now =
            [
                .. Enumerable
                    .Range(0, layer.Outputs)
                    .Select(r =>
                        Activate(
                            model,
                            layer.Activation,
                            Enumerable.Range(0, layer.Inputs).Sum(i => w[(r * layer.Inputs) + i] * from[i]) + (b?[r] ?? 0)
                        )
                    ),
            ];
        }
        return (hidden, now);
    }

    /// <summary>Mean over the pairs of weight·|r − y|^power for the Boolean version of x.</summary>
    private static double Pairs(ModelShape model, PairTargets pairs, double[] theta, double[] x)
    {
        double[] ones = [.. x.Select(v => v > 0 ? 1.0 : 0)];
        double active = ones.Sum(),
            factor = pairs.Normalised && active > 0 ? 1 / Math.Sqrt(active) : 1;
        double[] read = Layers(model, Arrays(model, theta), [.. ones.Select(o => o * factor)]).Output;
        return pairs
            .Pairs.Select(
                (p, k) =>
                {
                    double a = ones[p.First],
                        b = ones[p.Second],
                        y = pairs.Task == Geometry.Theory.Pairs.PairTask.And ? a * b : a + b - (2 * a * b);
                    return Math.Pow(Math.Abs(read[k] - y), pairs.Power) * (y > 0 ? pairs.OnesWeight : 1);
                }
            )
            .Average();
    }

    private static Dictionary<string, double[]> Arrays(ModelShape model, double[] theta)
    {
        int at = 0;
        var arrays = new Dictionary<string, double[]>();
        foreach (ParameterBlock block in model.Blocks)
        {
            arrays.Add(block.Name, theta[at..(at + block.Length)]);
            at += block.Length;
        }
        return arrays;
    }

    private static double Activate(ModelShape model, Activation activation, double z) =>
        activation switch
        {
            Activation.Relu => Math.Max(0, z),
            Activation.Linear => z,
            _ => z / (1 + Math.Exp(-model.Gamma * z)),
        };
}
