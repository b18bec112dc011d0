using Geometry.Theory.Pairs;

namespace Geometry.Training;

/// <summary>
/// Trains first layers together with a linear readoff of all pairs, to be compared with layers that are drawn at random and frozen.
/// </summary>
/// <remarks>
/// V and c (initially Xavier-normal and 0) and the readoffs are trained by Adam, learning rate 3e-3, falling to 0 along a cosine, for <see
/// cref="Steps"/> steps of <see cref="Batch"/> samples with exactly s active features. In the squared error, the ones of a pair weigh as
/// much as its zeros (otherwise a sparse AND is best read as zero). O(steps·batch·neurons·pairs).
/// </remarks>
public static class TrainedNeurons
{
    /// <summary>Number of training steps.</summary>
    public const int Steps = 2000;

    /// <summary>Samples per step.</summary>
    public const int Batch = 512;

    /// <summary>Largest neurons × pairs, a minute or two of training on one core.</summary>
    public const long MostReadoffs = 1L << 19;

    /// <summary>Trains a layer.</summary>
    /// <param name="task">The function of the pairs that is read.</param>
    /// <param name="neurons">d.</param>
    /// <param name="features">N ≥ 4.</param>
    /// <param name="active">s, 2 … N−2.</param>
    /// <param name="seed">Determines the initial weights and the samples.</param>
    /// <param name="threads">Threads, ≥ 1; the result does not depend on them.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="ArgumentException">There are more readoffs than <see cref="MostReadoffs"/>, or a size is out of range.</exception>
    /// <exception cref="InvalidOperationException">The training diverged.</exception>
    public static NeuronLayer Train(
        PairTask task,
        int neurons,
        int features,
        int active,
        int seed,
        int threads,
        CancellationToken cancellation = default
    )
    {
        (int First, int Second)[] pairs = PairTargets.All(features);
        if ((long)neurons * pairs.Length > MostReadoffs)
            throw new ArgumentException(
                $"expected at most {MostReadoffs} neurons × pairs, found {neurons} × {pairs.Length}",
                nameof(neurons)
            );
        double pairsOfOne = (double)active * (active - 1) / ((double)features * (features - 1)),
            one = task == PairTask.And ? pairsOfOne : 2.0 * active * (features - active) / ((double)features * (features - 1));
        var model = new ModelShape(features, neurons, Activation.Relu, 1, false, true)
        {
            Pairs = new PairTargets(task, pairs, false, 2, Math.Max(1, (1 - one) / one)),
            Layers = [new DenseLayer(features, neurons, Activation.Relu), new DenseLayer(neurons, pairs.Length, Activation.Linear)],
        };
        var data = new SparseData(
            [.. Enumerable.Repeat((double)active / features, features)],
            [.. Enumerable.Repeat(1.0, features)],
            FeatureGroups.None
        )
        {
            Active = active,
        };
        var plan = new TrainingPlan(OptimizerKind.Adam, 3e-3, 0, 0, Schedule.Cosine, Batch, Steps, 0);
        TrainedRun? done = null;
        new CpuTrainer(threads).Train([new TrainingRun(0, seed, model, data, plan)], run => done = run, _ => { }, cancellation);
        if (done is not { FailedAtStep: null })
            throw new InvalidOperationException("the training of the neurons diverged");
        return NeuronLayer.Of(done.Final.Arrays[0], done.Final.Arrays[1]);
    }
}
