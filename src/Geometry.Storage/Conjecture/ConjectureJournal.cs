using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Geometry.Conjecture;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Conjecture;

/// <summary>conjecture.partial: the counts of an unfinished experiment, from which it can continue after an interruption.</summary>
/// <remarks>
/// Text: the experiment's fingerprint (SHA-256 of every value of the spec and the library's build), the number of configurations measured,
/// then per row of the result the counts of exact partitions and exact formulas. The file is replaced as a whole every two seconds, or less
/// often where writing would take more than a twentieth of the time.
/// </remarks>
public sealed class ConjectureJournal
{
    private const int MostWritingShare = 20,
        MostBytesOfHead = 128,
        MostBytesOfRow = 32;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private readonly string _path;
    private readonly ConjectureSpec _spec;
    private readonly string _fingerprint;
    private long _written = Stopwatch.GetTimestamp();
    private TimeSpan _pause = s_interval;

    private ConjectureJournal(string path, ConjectureSpec spec) => (_path, _spec, _fingerprint) = (path, spec, Fingerprint(spec));

    /// <summary>Where to continue; null at the beginning.</summary>
    public ConjectureTally? Start { get; private init; }

    /// <summary>Number of configurations that the file has, which an interruption now would keep.</summary>
    public long Kept { get; private set; }

    /// <summary>The journal of an experiment in a folder.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="spec">The experiment.</param>
    /// <param name="resume">Whether to continue from the file, if there is one.</param>
    /// <exception cref="ResultsException">The file is of another experiment or build, or damaged.</exception>
    public static ConjectureJournal Open(string folder, ConjectureSpec spec, bool resume)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var journal = new ConjectureJournal(Path.Combine(folder, "conjecture.partial"), spec);
        if (!resume || !File.Exists(journal._path))
            return journal;
        ConjectureTally start = journal.Read();
        return new ConjectureJournal(journal._path, spec) { Start = start, Kept = start.Done };
    }

    /// <summary>Writes the counts, unless that was done a moment ago.</summary>
    /// <exception cref="ResultsException">The file cannot be written.</exception>
    public void Keep(ConjectureTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        if (Stopwatch.GetElapsedTime(_written) >= _pause)
            Write(tally);
    }

    /// <summary>Deletes the file, because the experiment is finished.</summary>
    /// <exception cref="ResultsException">It cannot be deleted.</exception>
    public void Delete() => Try(() => File.Delete(_path));

    /// <summary>Writes the counts, whole or not at all.</summary>
    internal void Write(ConjectureTally tally)
    {
        long start = Stopwatch.GetTimestamp();
        Try(() => AtomicFile.Write(_path, stream =>
            {
                using var writer = new StreamWriter(stream, Encoding.ASCII, 1 << 16, leaveOpen: true) { NewLine = "\n" };
                writer.WriteLine(_fingerprint);
                writer.WriteLine(tally.Done.ToString(CultureInfo.InvariantCulture));
                for (int r = 0; r < tally.Recovered.Count; r++)
                    writer.WriteLine(FormattableString.Invariant($"{tally.Recovered[r]} {tally.FormulaRecovered[r]}"));
            }));
        Kept = tally.Done;
        _written = Stopwatch.GetTimestamp();
        TimeSpan rest = Stopwatch.GetElapsedTime(start, _written) * MostWritingShare;
        _pause = rest > s_interval ? rest : s_interval;
    }

    private ConjectureTally Read()
    {
        int rows = _spec.Formulas.Count * _spec.NoiseIn.Count * _spec.Sigmas.Count * _spec.Methods.Count;
        string[] lines = [];
        Try(() =>
        {
            // A pipe counts as empty and is not opened. A file that is longer than the largest counts could make it is not read.
            long length = FileBytes.LengthOf(_path);
            if (length > 0 && length <= MostBytesOfHead + ((long)MostBytesOfRow * rows))
                lines = File.ReadAllLines(_path);
        });
        if (lines is [var found, ..] && found.Length == _fingerprint.Length && found != _fingerprint)
            throw new ResultsException(
                $"{_path} is of another experiment or another build of this program; expected the same spec, --trials and --seed; "
                    + $"without --resume it starts over"
            );
        long all = ConjectureExperiment.Configurations(_spec);
        if (
            lines.Length != rows + 2
            || lines[0] != _fingerprint
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long done)
            || done > all
        )
            throw Damaged(rows);
        int[] recovered = new int[rows],
            formulas = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            string[] counts = lines[r + 2].Split(' ');
            if (
                counts.Length != 2
                || !int.TryParse(counts[0], NumberStyles.None, CultureInfo.InvariantCulture, out recovered[r])
                || !int.TryParse(counts[1], NumberStyles.None, CultureInfo.InvariantCulture, out formulas[r])
                || recovered[r] > _spec.Trials
                || formulas[r] > recovered[r]
            )
                throw Damaged(rows);
        }
        return new ConjectureTally(done, recovered, formulas);
    }

    private ResultsException Damaged(int rows) =>
        new(
            $"{_path} is damaged: expected a fingerprint, a number and the counts of {rows} rows; without --resume the experiment "
                + $"starts over"
        );

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{_path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static string Fingerprint(ConjectureSpec spec)
    {
        IEnumerable<string> sigmas = spec.Sigmas.Select(s => s.ToString("R", CultureInfo.InvariantCulture));
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(',', spec.Formulas)};{string.Join(',', sigmas)};{string.Join(',', spec.NoiseIn)};"
                + $"{string.Join(',', spec.Methods.Select(m => m.Name))};{spec.Trials};{spec.Hidden};{spec.NormSpread:R};"
                + $"{spec.ObliqueDegrees:R};{spec.Seed};{LabelJobOptions.Build}"
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
