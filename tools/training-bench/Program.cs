using System.Globalization;
using Geometry.TrainingBench;

// training-bench sizes|density|cell N M P|networks|limits|width|quality FILE|hash [--threads T] [--seconds S] [--repeats R]: lines of
// tab-separated values for compare.py.
int threads = Option("--threads", 2);
int repeats = Option("--repeats", 5);
double seconds = Option("--seconds", 1);
switch (args.FirstOrDefault())
{
    case "sizes":
        foreach ((int n, int m, int runs) in new[] { (5, 2, 10), (20, 5, 20), (200, 20, 4) })
            Print($"size\t{n}\t{m}\t{runs}\t{Timing.OfAStep(Sweeps.LogSpaced(n, m, runs), threads, seconds, repeats)}");
        break;
    case "density":
        foreach ((int n, int m) in new[] { (5, 2), (20, 5), (200, 20) })
        {
            foreach (double p in new[] { 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.003, 0.001 })
                Print($"density\t{n}\t{m}\t{p}\t{Timing.OfAStep(Sweeps.AtDensity(n, m, p, threads), threads, seconds, repeats)}");
        }
        break;
    case "cell":
        (int features, int hidden) = (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        var cell = Sweeps.AtDensity(features, hidden, double.Parse(args[3], CultureInfo.InvariantCulture), threads);
        Print($"density\t{args[1]}\t{args[2]}\t{args[3]}\t{Timing.OfAStep(cell, threads, seconds, repeats)}");
        break;
    case "networks":
        foreach ((int n, int m) in new[] { (5, 2), (20, 5), (200, 20) })
        {
            Timing component = Timing.OfAStep(Sweeps.Untied(n, m, threads, layers: false), threads, seconds, repeats);
            Timing network = Timing.OfAStep(Sweeps.Untied(n, m, threads, layers: true), threads, seconds, repeats);
            Print($"network\t{n}\t{m}\t{component}\t{network}\t{network.Processor / component.Processor}");
        }
        break;
    case "limits":
        Print($"limit\tfma\t{Limits.MultiplyAdds() / 1e9}");
        Print($"limit\tuniform\t{Limits.Uniforms() / 1e9}");
        break;
    case "width":
        Print($"width\t{32 * Geometry.Training.Engine.BatchGradients.Width}");
        break;
    case "quality":
        Quality.Compare(args[1], threads);
        break;
    case "hash":
        Print($"hash\t{Sweeps.Hash(threads)}");
        break;
    default:
        Console.Error.WriteLine(
            "usage: training-bench sizes|density|cell N M P|networks|limits|width|quality FILE|hash [--threads T] [--seconds S] "
                + "[--repeats R]"
        );
        return 2;
}
return 0;

int Option(string name, int otherwise)
{
    int at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
