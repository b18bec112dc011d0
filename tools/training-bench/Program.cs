using System.Diagnostics;
using System.Globalization;
using Geometry.Training;
using Geometry.TrainingBench;

// training-bench sizes|density|limits|hash [--threads T] [--seconds S]: lines of tab-separated values for compare.py.
int threads = Option("--threads", 2);
int repeats = Option("--repeats", 5);
double seconds = Option("--seconds", 1);
switch (args.FirstOrDefault())
{
    case "sizes":
        foreach ((int n, int m, int runs) in new[] { (5, 2, 10), (20, 5, 20), (200, 20, 4) })
            Print($"size\t{n}\t{m}\t{runs}\t{Timing.MillisecondsAStep(Sweeps.LogSpaced(n, m, runs), threads, seconds, repeats)}");
        break;
    case "density":
        foreach ((int n, int m) in new[] { (5, 2), (20, 5), (200, 20) })
        {
            foreach (double p in new[] { 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.003, 0.001 })
                Print($"density\t{n}\t{m}\t{p}\t{Timing.MillisecondsAStep(Sweeps.AtDensity(n, m, p, threads), threads, seconds, repeats)}");
        }
        break;
    case "limits":
        Print($"limit\tfma\t{Limits.MultiplyAdds(repeats) / 1e9}");
        Print($"limit\tuniform\t{Limits.Uniforms(repeats) / 1e9}");
        break;
    case "hash":
        Print($"hash\t{Sweeps.Hash(threads)}");
        break;
    default:
        Console.Error.WriteLine("usage: training-bench sizes|density|limits|hash [--threads T] [--seconds S] [--repeats R]");
        return 2;
}
return 0;

int Option(string name, int otherwise)
{
    int at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

namespace Geometry.TrainingBench
{
    /// <summary>Time of a step of a whole sweep, start and evaluation included.</summary>
    internal static class Timing
    {
        /// <summary>The least of several measurements, each of the steps that fill about the given time.</summary>
        internal static double MillisecondsAStep(Func<int, TrainingRun[]> sweep, int threads, double seconds, int repeats)
        {
            var trainer = new CpuTrainer(threads);
            Measure(50);
            int steps = 200;
            double best = Measure(steps);
            for (int r = 0; r < repeats; r++)
            {
                steps = (int)Math.Clamp(seconds * 1000 / best, 50, 1_000_000);
                best = Math.Min(best, Measure(steps));
            }
            return best;

            double Measure(int count)
            {
                TrainingRun[] runs = sweep(count);
                long start = Stopwatch.GetTimestamp();
                trainer.Train(runs, _ => { }, _ => { }, CancellationToken.None);
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
            }
        }
    }
}
