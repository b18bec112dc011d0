using System.Diagnostics;
using System.Globalization;
using Geometry.Training;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Optimisation;
using Geometry.Training.Streams;

namespace Geometry.TrainingBench;

/// <summary>Time of a step of a whole sweep by the wall clock, and processor time divided by the number of threads.</summary>
/// <remarks>
/// On an idle machine the two agree; on a busy one the second is what the first would be without the others. Steps alone are timed, a run a
/// thread as in <see cref="CpuTrainer"/>. A run's evaluation is as much work as some hundreds of its steps (2^20 samples at n = 20); timed
/// with the steps, a few hundred of them, it made a step of n = 20 look four times as long as it is in a command that makes thousands.
/// </remarks>
internal readonly record struct Timing(double Wall, double Processor)
{
    /// <summary>The least of several measurements, each of the steps that fill about the given time.</summary>
    internal static Timing OfAStep(Func<int, TrainingRun[]> sweep, int threads, double seconds, int repeats)
    {
        Measure(50);
        Timing best = Measure(200);
        for (int r = 0; r < repeats; r++)
        {
            Timing next = Measure((int)Math.Clamp(seconds * 1000 / best.Processor, 50, 1_000_000));
            best = new Timing(Math.Min(best.Wall, next.Wall), Math.Min(best.Processor, next.Processor));
        }
        return best;

        Timing Measure(int count)
        {
            TrainingRun[] runs = sweep(count);
            int next = -1;
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work))];
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            foreach (Thread worker in workers)
                worker.Start();
            foreach (Thread worker in workers)
                worker.Join();
            double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return new Timing(wall / count, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / threads / count);

            void Work()
            {
                for (int r = Interlocked.Increment(ref next); r < runs.Length; r = Interlocked.Increment(ref next))
                    Steps(runs[r]);
            }
        }
    }

    private static unsafe void Steps(TrainingRun run)
    {
        var program = new RunProgram(run);
        IBatchGradient kernel = BatchGradients.For(program);
        AlignedBuffer theta = new(program.Layout.Length),
            gradient = new(program.Layout.Length);
        var optimizer = new Optimizer(run.Plan, program.Layout.Length);
        Start.Fill(run, theta.Span);
        for (int step = 0; step < run.Plan.Steps; step++)
        {
            gradient.Span.Clear();
            for (int chunk = 0; chunk < program.Chunks; chunk++)
                kernel.Add(theta.Pointer, step, chunk, gradient.Pointer);
            if (!optimizer.Step(theta.Pointer, gradient.Pointer, LearningRate.At(run.Plan, step)))
                throw new InvalidOperationException("a run diverged");
        }
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Wall}\t{Processor}");
}
