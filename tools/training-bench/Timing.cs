using System.Diagnostics;
using System.Globalization;
using Geometry.Training;

namespace Geometry.TrainingBench;

/// <summary>Time of a step of a whole sweep, start and evaluation included: by the wall clock, and processor time divided by the number of threads.</summary>
/// <remarks>On an idle machine the two agree; on a busy one the second is what the first would be without the others.</remarks>
internal readonly record struct Timing(double Wall, double Processor)
{
    /// <summary>The least of several measurements, each of the steps that fill about the given time.</summary>
    internal static Timing OfAStep(Func<int, TrainingRun[]> sweep, int threads, double seconds, int repeats)
    {
        var trainer = new CpuTrainer(threads);
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
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            trainer.Train(runs, _ => { }, _ => { }, CancellationToken.None);
            double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return new Timing(wall / count, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / threads / count);
        }
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Wall}\t{Processor}");
}
