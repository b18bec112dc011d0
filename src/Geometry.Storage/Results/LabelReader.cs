using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Results;

/// <summary>Turns inputs into steps: decides which stored results to keep, opens files, reads instances.</summary>
/// <param name="inputs">The inputs, in input order.</param>
/// <param name="options">How to read them.</param>
/// <param name="known">The records that the database has of the inputs, by source.</param>
internal sealed class LabelReader(IReadOnlyList<InputFile> inputs, LabelJobOptions options, IReadOnlyDictionary<string, InputRecord> known)
{
    // Handing over a step costs about 10 µs, which 64 runs hide. Larger steps only keep more results alive for the garbage collector to
    // copy.
    private const int LargestStep = 64;
    private const int FeaturesPerStep = 2048;
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);

    public IEnumerable<LabelStep> Steps()
    {
        for (int position = 0; position < inputs.Count; position++)
        {
            foreach (LabelStep step in Steps(inputs[position], position))
                yield return step;
        }
    }

    private IEnumerable<LabelStep> Steps(InputFile input, int position)
    {
        if (!_sources.Add(input.Source) && input.Failure is not null)
        {
            yield return new LabelStep(
                LabelStepKind.FailDuplicate,
                new InputRecord
                {
                    Source = input.Source,
                    Fingerprint = "",
                    Options = "",
                    ParameterNames = [],
                    Instances = 0,
                },
                position
            )
            {
                Message = input.Failure,
            };
            yield break;
        }
        using SweepFile? file = Open(input, position, out LabelStep first);
        yield return first;
        if (file is null)
            yield break;
        InputRecord record = first.Input;
        int stepSize = Math.Clamp(FeaturesPerStep / file.Features, 1, LargestStep);
        stepSize = Math.Clamp((record.Instances + (4 * options.Threads) - 1) / (4 * options.Threads), 1, stepSize);
        int next = record.Done;
        do
        {
            var runs = new PendingRun[Math.Min(stepSize, record.Instances - next)];
            for (int i = 0; i < runs.Length; i++)
                runs[i] = Read(file, record, options.Instances?.At(next + i) ?? next + i);
            next += runs.Length;
            yield return new LabelStep(LabelStepKind.Runs, record, position) { Runs = runs, End = next };
        } while (next < record.Instances);
    }

    /// <summary>
    /// Opens the file of an input, where there is something to read in it; <paramref name="first"/> is the input's first step.
    /// </summary>
    private SweepFile? Open(InputFile input, int position, out LabelStep first)
    {
        var record = new InputRecord
        {
            Source = input.Source,
            Fingerprint = "",
            Options = options.Of(input).Fingerprint(),
            ParameterNames = [],
            Instances = 0,
        };
        SweepFile? file = null;
        try
        {
            if (input.Failure is not null)
                throw new InputException(input.Failure);
            record = record with { Fingerprint = ContentFingerprint.Of(input.Path) };
            bool same =
                known.TryGetValue(input.Source, out InputRecord? earlier)
                && earlier.Fingerprint == record.Fingerprint
                && earlier.Options == record.Options;
            if (same && earlier!.Complete)
            {
                first = new LabelStep(LabelStepKind.Keep, earlier, position);
                return null;
            }
            file = SweepFile.Open(input.Path, options.Of(input).File);
            record = record with { Weights = input.Weights, ParameterNames = Names(file), Instances = Chosen(file) };
            bool goOn = same && earlier!.Done > 0 && earlier.Instances == record.Instances;
            if (goOn)
                record = record with { Done = earlier!.Done };
            first = new LabelStep(goOn ? LabelStepKind.Continue : LabelStepKind.Begin, record, position)
            {
                Message = options.Opened is null ? "" : file.Describe(),
            };
            return file;
        }
#pragma warning disable CA1031 // One bad input must not stop the others, whatever is wrong with it.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            file?.Dispose();
            first = new LabelStep(LabelStepKind.Fail, record with { ParameterNames = [], Instances = 0 }, position)
            {
                Message = Failures.Line(e, input.Path),
            };
            return null;
        }
    }

    /// <summary>How many instances of a file are asked for.</summary>
    private int Chosen(SweepFile file)
    {
        if (options.Instances is not { } chosen)
            return file.Instances;
        int count = chosen.CountBelow(file.Instances);
        if (count == 0 && file.Instances > 0)
            throw new InputException(
                FormattableString.Invariant($"--instances {chosen}: the file has {file.Instances} instances, 0 to {file.Instances - 1}")
            );
        return count;
    }

    private string[] Names(SweepFile file)
    {
        List<string> names = [.. file.ParameterNames];
        foreach (string name in options.Parameters?.Names ?? [])
        {
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
                names.Add(name);
        }
        return [.. names];
    }

    private PendingRun Read(SweepFile file, InputRecord record, int instance)
    {
        var run = new PendingRun { Instance = instance, Parameters = [] };
        try
        {
            FeatureConfiguration configuration = file.ReadConfiguration(instance);
            run.Bias = file.ReadBias(instance);
            run.Parameters = Parameters(file, record, instance);
            run.Configuration = configuration;
        }
#pragma warning disable CA1031 // One bad instance must not stop the others, whatever is wrong with it.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            run.Failure = Failures.Line(e, file: null);
        }
        return run;
    }

    private ParameterValue[] Parameters(SweepFile file, InputRecord record, int instance)
    {
        var values = new ParameterValue[record.ParameterNames.Count];
        int own = file.ParameterNames.Count;
        for (int i = 0; i < values.Length; i++)
            values[i] =
                i < own ? new ParameterValue(file.Parameter(record.ParameterNames[i], instance) ?? double.NaN) : ParameterValue.Empty;
        if (options.Parameters is { } further && further.Find(record.Source, instance) is { } row)
        {
            for (int i = 0; i < row.Count; i++)
            {
                if (string.IsNullOrEmpty(row[i]))
                    continue;
                int column = 0;
                while (!record.ParameterNames[column].Equals(further.Names[i], StringComparison.OrdinalIgnoreCase))
                    column++;
                values[column] = ParameterValue.Parse(row[i]!);
            }
        }
        return values;
    }
}

/// <summary>What a step does with its input.</summary>
internal enum LabelStepKind
{
    /// <summary>Keeps the stored results.</summary>
    Keep,

    /// <summary>Starts from nothing.</summary>
    Begin,

    /// <summary>Continues behind the stored instances.</summary>
    Continue,

    /// <summary>Adds some instances, in order.</summary>
    Runs,

    /// <summary>Stores that the input failed as a whole.</summary>
    Fail,

    /// <summary>Stores that the input failed as a whole; its name is that of an earlier input, whose results stay.</summary>
    FailDuplicate,
}

/// <summary>One step of a labelling job, in input order.</summary>
internal sealed record LabelStep(LabelStepKind Kind, InputRecord Input, int Position)
{
    /// <summary>The instances of a <see cref="LabelStepKind.Runs"/> step.</summary>
    public PendingRun[] Runs { get; init; } = [];

    /// <summary>Index behind the step's last instance.</summary>
    public int End { get; init; }

    /// <summary>Why an input failed, or what was found in it.</summary>
    public string Message { get; init; } = "";
}

/// <summary>One instance: first read, then labelled; either may fail.</summary>
internal struct PendingRun
{
    public int Instance;
    public FeatureConfiguration? Configuration;
    public double[]? Bias;
    public ParameterValue[] Parameters;
    public RunResult? Result;
    public string? Failure;
}
