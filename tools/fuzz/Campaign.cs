using System.Diagnostics;

namespace Geometry.Fuzz;

/// <summary>Counts the cases of a campaign, keeps its failures, and says what came of it.</summary>
/// <param name="name">The campaign.</param>
/// <param name="scratch">A folder of its own; what made a case fail is kept there under failures/.</param>
/// <param name="every">Cases after which it says how far it came, so that a campaign that is cut short tells what it did.</param>
internal sealed class Campaign(string name, string scratch, int every)
{
    private const int MostKept = 20;
    private const double BusyTimes = 20;
    private readonly Lock _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];
    private long _cases;

    /// <summary>A folder of its own.</summary>
    public string Scratch => scratch;

    /// <summary>Whether no case failed.</summary>
    public bool Passed => _failures.Count == 0;

    /// <summary>Failures so far.</summary>
    public int Failures => _failures.Count;

    /// <summary>
    /// The least time of a case that took long and two more tries: the first one may have met a busy machine, or code that was compiled for
    /// it.
    /// </summary>
    public static TimeSpan Least(TimeSpan first, Action again)
    {
        for (int k = 0; k < 2; k++)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                again();
            }
            catch (Exception)
            {
                // What it throws was judged the first time.
            }
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took < first)
                first = took;
        }
        return first;
    }

    /// <summary>Counts a case by what came of it.</summary>
    public void Count(string outcome)
    {
        lock (_gate)
        {
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
            if (++_cases % every == 0)
                Console.Error.WriteLine(Figures());
        }
    }

    /// <summary>Counts something that is worth telling and no case of its own.</summary>
    public void Note(string what)
    {
        lock (_gate)
            _outcomes[what] = _outcomes.GetValueOrDefault(what) + 1;
    }

    /// <summary>
    /// Holds a case's time against what it is owed. Where more programs want to run than there are processors it says little: then only
    /// many times that is a failure.
    /// </summary>
    public void Judge(string what, TimeSpan took, TimeSpan due, byte[]? input = null, string extension = ".bin")
    {
        if (took <= due)
            return;
        if (took <= BusyTimes * due && Command.MachineIsBusy())
            Note("slow, the machine busy");
        else
            Fail(FormattableString.Invariant($"{what}: took {took.TotalSeconds:0.0} s"), input, extension);
    }

    /// <summary>Notes a failure, and keeps what made it.</summary>
    /// <param name="what">One line.</param>
    /// <param name="input">The input; null where there is none.</param>
    /// <param name="extension">Of the file that keeps it.</param>
    public void Fail(string what, byte[]? input = null, string extension = ".bin")
    {
        lock (_gate)
        {
            _failures.Add(what);
            if (_failures.Count > MostKept)
                return;
            string kept = "";
            if (input is not null)
            {
                string folder = Path.Combine(scratch, "failures");
                Directory.CreateDirectory(folder);
                kept = Path.Combine(folder, FormattableString.Invariant($"{name}-{_failures.Count}{extension}"));
                File.WriteAllBytes(kept, input);
            }
            Console.WriteLine($"{name}: FAILED: {what.ReplaceLineEndings(" ")} {kept}");
        }
    }

    /// <summary>Prints the figures.</summary>
    public void Report()
    {
        lock (_gate)
            Console.WriteLine(Figures());
    }

    private string Figures()
    {
        string outcomes = string.Join(", ", _outcomes.Select(o => $"{o.Value} {o.Key}"));
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        return FormattableString.Invariant($"{name}: {_cases} cases in {seconds:0} s ({outcomes}), {_failures.Count} failures");
    }
}
