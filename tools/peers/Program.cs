using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Geometry.Clustering;
using Geometry.Dictionaries;
using Geometry.Grassmannian.Planes;
using Geometry.Peers;

// The C# half of tools/peers/run; lines of tab-separated values for peers.py. Times: cold, least, median (seconds), calls.
const string Usage = """
    usage: peers version
           peers hough  COLUMNS M N K EPSILON MINPOINTS LEAST_SIGMA LABELS [--threads T] [--seconds S]
           peers dbscan POINTS N D EPSILON MINPOINTS LABELS                [--threads T] [--seconds S]
           peers label  WEIGHTS LINES                                      [--threads T] [--seconds S]
           peers homology POINTS N D DEGREE BARS                           [--seconds S]
           peers train  N M BATCH RUNS STEPS                               [--threads T] [--seconds S]
           peers llc    SAMPLES START N M BATCH NBETA EPSILON GAMMA BURN_IN DRAWS LOSSES [--threads T] [--seconds S]
           peers dictionary DIRECTIONS N M                                 [--threads T] [--seconds S]
           peers catalogue
    """;
int threads = (int)Option("--threads", Environment.ProcessorCount);
double seconds = Option("--seconds", 1);
switch (args.FirstOrDefault())
{
    case "version":
        int bits =
            Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : 128;
        Print($"version\t{RuntimeInformation.FrameworkDescription}\t{RuntimeInformation.OSDescription}\t{bits}");
        return 0;
    case "hough" when args.Length >= 9:
    {
        (int m, int n, int k) = (Whole(2), Whole(3), Whole(4));
        (Stopwatches times, PlaneClustering planes) = PlaneSide.Run(
            Arrays.ReadDoubles(args[1], (long)m * n),
            m,
            n,
            k,
            Real(5),
            Whole(6),
            Real(7),
            threads,
            seconds
        );
        Arrays.Write(args[8], PlaneSide.Labels(planes, n));
        Print($"hough\t{times}\t{planes.Clusters}");
        return 0;
    }
    case "dbscan" when args.Length >= 7:
    {
        (int count, int dim) = (Whole(2), Whole(3));
        double[] points = Arrays.ReadDoubles(args[1], (long)count * dim);
        DbscanResult? result = null;
        Stopwatches times = Stopwatches.Of(() => result = Dbscan.Cluster(points, count, dim, Real(4), Whole(5), threads), seconds);
        Arrays.Write(args[6], result!.Labels);
        Print($"dbscan\t{times}\t{result.Clusters}");
        return 0;
    }
    case "label" when args.Length >= 3:
    {
        (Stopwatches times, int runs) = LabelSide.Run(args[1], args[2], threads, seconds);
        Print($"label\t{times}\t{runs}");
        return 0;
    }
    case "homology" when args.Length >= 6:
    {
        (int count, int dim) = (Whole(2), Whole(3));
        (Stopwatches times, int bars) = HomologySide.Run(
            Arrays.ReadDoubles(args[1], (long)count * dim),
            count,
            dim,
            Whole(4),
            args[5],
            seconds
        );
        Print($"homology\t{times}\t{bars}");
        return 0;
    }
    case "train" when args.Length >= 6:
        Print($"train\t{TrainingSide.Run(Whole(1), Whole(2), Whole(3), Whole(4), Whole(5), threads, seconds)}\t{Whole(5)}");
        return 0;
    case "llc" when args.Length >= 12:
        var llc = LlcSide.Run(
            args[1],
            args[2],
            Whole(3),
            Whole(4),
            Whole(5),
            new(Real(6), Real(7), Real(8)),
            Whole(9),
            Whole(10),
            args[11],
            threads,
            seconds
        );
        Print($"llc\t{llc}\t8");
        return 0;
    case "dictionary" when args.Length >= 4:
    {
        (int count, int dim) = (Whole(2), Whole(3));
        (double search, double pairs, DictionaryPlanes found, long megabytes) = DictionarySide.Run(
            Arrays.ReadDoubles(args[1], (long)count * dim),
            count,
            dim,
            threads,
            seconds
        );
        Print(
            $"dictionary\t{search:G6}\t{pairs:G6}\t{found.Pairs}\t{found.Cutoff:G9}\t{found.Duplicates}\t{megabytes}\t{found.Planes.Count}"
        );
        return 0;
    }
    case "catalogue":
        foreach (string line in LabelSide.Catalogue())
            Console.WriteLine(line);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

int Whole(int position) => int.Parse(args[position], CultureInfo.InvariantCulture);

double Real(int position) => double.Parse(args[position], CultureInfo.InvariantCulture);

double Option(string name, double otherwise)
{
    int at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : Real(at + 1);
}

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
