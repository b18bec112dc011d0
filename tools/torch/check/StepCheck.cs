using System.Globalization;
using Geometry.Training;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Optimisation;
using Geometry.Training.Tests;
using Geometry.Training.Tests.Networks;
using Geometry.Training.Torch;
using static TorchSharp.torch;

namespace Geometry.TorchCheck;

/// <summary>
/// Both engines on the same samples: the same start, the same batches, the same number of steps; then weights and losses side by side.
/// </summary>
internal static unsafe class StepCheck
{
    private const int Batch = 200,
        Steps = 100;

    /// <summary>
    /// Of the largest weight: rounding differs from the first step on, and 100 steps of an optimizer that divides by it pass it on.
    /// </summary>
    private const double WeightTolerance = 5e-6;

    private const double LossTolerance = 1e-5;

    public static bool Run()
    {
        bool good = true;
        foreach ((string name, ModelShape model) in MadeNetworks.All.Append(new("and of all pairs, first layer frozen", Frozen())))
        {
            foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>())
            {
                var plan = new TrainingPlan(kind, kind == OptimizerKind.Sgd ? 1e-2 : 3e-3, 0.01, 0.9, Schedule.Cosine, Batch, Steps, 0);
                var run = new TrainingRun(0, 3, model, Models.Uniform(model.Features, 0.4), plan);
                float[][] batches = [.. Enumerable.Range(0, Steps).Select(s => Samples(model.Features, s))];
                (float[] ours, float[] torch) = (Cpu(run, batches), Torch(run, batches));
                double weights = ours.Zip(torch).Max(p => Math.Abs((double)p.First - p.Second)) / ours.Max(Math.Abs),
                    loss = Loss(run, ours),
                    other = Loss(run, torch);
                bool same = weights <= WeightTolerance && Math.Abs(other / loss - 1) <= LossTolerance;
                good &= same;
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"torch: '{name}', {Steps} steps of {kind}: weights differ by {weights:0.0e+0} of the largest, losses are "
                            + $"{loss:0.000000} and {other:0.000000}: {(same ? "agree" : "DIFFER")}"
                    )
                );
            }
        }
        return good;
    }

    private static ModelShape Frozen() =>
        MadeNetworks.Neurons(6, [40], MadeNetworks.All["and of all pairs"].Pairs!, LayerStart.Orthogonal, frozen: true);

    private static float[] Samples(int features, int step)
    {
        var random = new Random(step);
        return [.. Enumerable.Range(0, features * Batch).Select(_ => random.NextDouble() < 0.4 ? (float)random.NextDouble() : 0)];
    }

    private static double Loss(TrainingRun run, float[] theta) =>
        Evaluation.Loss(run.Model, run.Data, Checkpoint.Of(run.Model, Steps, GradientCheck.Split(run.Model, theta)));

    private static float[] Cpu(TrainingRun run, float[][] batches)
    {
        var program = new RunProgram(run);
        AlignedBuffer theta = new(program.Layout.Length),
            gradient = new(program.Layout.Length);
        Geometry.Training.Streams.Start.Fill(run, theta.Span);
        (int Start, float[] Values)[] frozen =
        [
            .. NetworkLinks.Frozen(run.Model).Select(f => (f.Start, theta.Span.Slice(f.Start, f.Length).ToArray())),
        ];
        var optimizer = new Optimizer(run.Plan, program.Layout.Length);
        IBatchGradient kernel = BatchGradients.For(program);
        for (int step = 0; step < batches.Length; step++)
        {
            gradient.Span.Clear();
            kernel.AddSamples(theta.Pointer, batches[step], Batch, gradient.Pointer);
            optimizer.Step(theta.Pointer, gradient.Pointer, LearningRate.At(run.Plan, step));
            foreach ((int start, float[] values) in frozen)
                values.CopyTo(theta.Span[start..]);
        }
        return theta.Span[..program.Layout.Count].ToArray();
    }

    private static float[] Torch(TrainingRun run, float[][] batches)
    {
        using var scope = NewDisposeScope();
        using var model = new BlockNetwork([run], CPU);
        using var optimizer = new BlockOptimizer([run], model.Parameters, CPU);
        for (int step = 0; step < batches.Length; step++)
        {
            using var own = NewDisposeScope();
            optimizer.Step(
                model.Gradients(tensor(batches[step]).reshape(run.Model.Features, Batch).t().contiguous().unsqueeze(0)),
                step,
                LearningRate.Share(run.Plan, step)
            );
        }
        return [.. HostArrays.Floats(model.Parameters).SelectMany(v => v)];
    }
}
