using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Results;

/// <summary>Turns inputs into steps: decides what to keep, opens files, reads instances.</summary>
/// <param name="inputs">The inputs, in input order.</param>
/// <param name="options">How to read them.</param>
/// <param name="known">What the database has of earlier inputs, by source.</param>
internal sealed class LabelReader(IReadOnlyList<InputFile> inputs, LabelJobOptions options, IReadOnlyDictionary<string, InputRecord> known)
{
    // Enough to hide what handing over a step costs (10 µs); more only keeps more results alive for the garbage collector to copy.
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

    /// <summary>The file, when there is something to read in it, and the step to start with.</summary>
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
