using Geometry.Training.Kernels;
using Geometry.Training.Optimisation;
using Geometry.Training.Streams;

namespace Geometry.Training.Engine;

/// <summary>Trains one run, alone or with a team of threads that share the chunks of each batch.</summary>
internal sealed unsafe class RunTrainer
{
    private readonly RunProgram _program;
    private readonly AlignedBuffer _theta,
        _gradient;
    private readonly AlignedBuffer[] _parts;
    private readonly Optimizer _optimizer;
    private readonly (int Start, float[] Values)[] _frozen;

    internal RunTrainer(RunProgram program)
    {
        _program = program;
        int length = program.Layout.Length;
        _theta = new AlignedBuffer(length);
        _gradient = new AlignedBuffer(length);
        _parts = program.Chunks == 1 ? [_gradient] : [.. Enumerable.Range(0, program.Chunks).Select(_ => new AlignedBuffer(length))];
        _optimizer = new Optimizer(program.Run.Plan, length);
        Start.Fill(program.Run, _theta.Span);
        _frozen = [.. NetworkLinks.Frozen(program.Run.Model).Select(f => (f.Start, _theta.Span.Slice(f.Start, f.Length).ToArray()))];
    }

    /// <summary>Makes all steps, then evaluates.</summary>
    /// <remarks>
    /// team: shares the chunks of a step; with one thread, a loop.
    /// stepped: called after each step.
    /// </remarks>
    internal TrainedRun Train(IChunkTeam team, Action stepped, CancellationToken cancellation)
    {
        TrainingPlan plan = _program.Run.Plan;
        IReadOnlyList<int> keep = CheckpointSteps.Of(plan);
        var kept = new List<Checkpoint>(keep.Count);
        int? failed = null;
        int step = 0;
        Action<IBatchGradient, int, int> work = Chunk;
        Keep();
        while (step < plan.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            team.Step(step, _program.Chunks, work);
            if (_parts.Length > 1)
                AddParts();
            bool finite = _optimizer.Step(_theta.Pointer, _gradient.Pointer, LearningRate.At(plan, step));
            foreach ((int start, float[] values) in _frozen)
                values.CopyTo(_theta.Span[start..]);
            step++;
            stepped();
            if (!finite)
            {
                failed = step;
                break;
            }
            Keep();
        }
        double loss = double.NaN;
        if (failed is null)
        {
            loss = Evaluation.Loss(_program.Run.Model, _program.Law, _program.Layout, _theta, cancellation);
            if (!double.IsFinite(loss))
                (failed, loss) = (step, double.NaN);
        }
        return new TrainedRun(_program.Run, ParameterLayout.Checkpoint(_program.Run.Model, step, _theta.Span), kept, loss, failed);

        void Keep()
        {
            if (kept.Count < keep.Count && keep[kept.Count] == step)
                kept.Add(ParameterLayout.Checkpoint(_program.Run.Model, step, _theta.Span));
        }
    }

    private void Chunk(IBatchGradient kernel, int step, int chunk)
    {
        AlignedBuffer part = _parts[chunk];
        part.Span.Clear();
        kernel.Add(_theta.Pointer, step, chunk, part.Pointer);
    }

    private void AddParts()
    {
        Span<float> sum = _gradient.Span;
        _parts[0].Span.CopyTo(sum);
        for (int c = 1; c < _parts.Length; c++)
            System.Numerics.Tensors.TensorPrimitives.Add(sum, _parts[c].Span, sum);
    }
}
