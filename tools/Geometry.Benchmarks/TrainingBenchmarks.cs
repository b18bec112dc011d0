using BenchmarkDotNet.Attributes;
using Geometry.Training;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Optimisation;

namespace Geometry.Benchmarks;

/// <summary>One step of the training engine on one thread, batch 1024: making the samples, forward, backward, AdamW.</summary>
/// <remarks>Density 1 runs the packed kernel at all sizes; at 0.05 the engine chooses the kernel that suits the run.</remarks>
public class TrainingBenchmarks
{
    private readonly Step _n5 = new(5, 2, 1),
        _sparseN5 = new(5, 2, 0.05),
        _n20 = new(20, 5, 1),
        _sparseN20 = new(20, 5, 0.05),
        _n200 = new(200, 20, 1),
        _sparseN200 = new(200, 20, 0.05);

    [Benchmark]
    public bool StepN5M2Dense() => _n5.Run();

    [Benchmark]
    public bool StepN5M2Density005() => _sparseN5.Run();

    [Benchmark]
    public bool StepN20M5Dense() => _n20.Run();

    [Benchmark]
    public bool StepN20M5Density005() => _sparseN20.Run();

    [Benchmark]
    public bool StepN200M20Dense() => _n200.Run();

    [Benchmark]
    public bool StepN200M20Density005() => _sparseN200.Run();

    private sealed unsafe class Step
    {
        private readonly RunProgram _program;
        private readonly IBatchGradient _kernel;
        private readonly AlignedBuffer _theta,
            _gradient;
        private readonly Optimizer _optimizer;
        private int _step;

        internal Step(int n, int m, double density)
        {
            var data = new SparseData([.. Enumerable.Repeat(density, n)], [.. Enumerable.Repeat(1.0, n)], FeatureGroups.None);
            var plan = new TrainingPlan(OptimizerKind.AdamW, 1e-3, 0.01, 0, Schedule.Constant, 1024, int.MaxValue, 0);
            _program = new RunProgram(new TrainingRun(0, 0, new ModelShape(n, m, Activation.Relu, 1, true, true), data, plan));
            _kernel = BatchGradients.For(_program);
            (_theta, _gradient) = (new AlignedBuffer(_program.Layout.Length), new AlignedBuffer(_program.Layout.Length));
            _optimizer = new Optimizer(plan, _program.Layout.Length);
            Geometry.Training.Streams.Start.Fill(_program.Run, _theta.Span);
        }

        internal bool Run()
        {
            _gradient.Span.Clear();
            for (int chunk = 0; chunk < _program.Chunks; chunk++)
                _kernel.Add(_theta.Pointer, _step, chunk, _gradient.Pointer);
            _step++;
            return _optimizer.Step(_theta.Pointer, _gradient.Pointer, 1e-3);
        }
    }
}
