using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Results;

/// <summary>Parameters of runs that come from elsewhere than the weight files.</summary>
/// <param name="Names">Their names. Where a weight file has a parameter of the same name, the value given here is used, if there is
/// one.</param>
/// <param name="Find">(source, instance) → the values in the order of the names, null or empty for missing ones; null for an unknown run.
/// Called from one thread.</param>
/// <param name="Fingerprint">A text that changes when any value does.</param>
public sealed record RunParameters(IReadOnlyList<string> Names, Func<string, int, IReadOnlyList<string?>?> Find, string Fingerprint)
{
    /// <summary>The sources that have values, each once.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>How to label a set of inputs.</summary>
public sealed record LabelJobOptions
{
    /// <summary>How to read weight files.</summary>
    public SweepFileOptions File { get; init; } = new();

    /// <summary>How to label a run.</summary>
    public LabelOptions Label { get; init; } = new();

    /// <summary>Which instances of each file to label; null for all.</summary>
    public InstanceSet? Instances { get; init; }

    /// <summary>Further parameters of the runs; null for none.</summary>
    public RunParameters? Parameters { get; init; }

    /// <summary>
    /// Whether to keep the results that the folder already has of inputs that did not change, labelled with the same options.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>Number of labelling threads, ≥ 1; nothing in the results depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Labels one run; called from several threads at once.</summary>
    public Func<FeatureConfiguration, LabelOptions, RunLabel> Labeller { get; init; } = LabelPipeline.Label;

    /// <summary>Called after every step with how far the job is; null for silence.</summary>
    public Action<LabelProgress>? Progress { get; init; }

    /// <summary>Called for every failure, in input order; null for silence.</summary>
    public Action<InputFailure>? Failed { get; init; }

    /// <summary>Called with an input's source and what was found in it when its labelling begins; null for silence.</summary>
    public Action<string, string>? Opened { get; init; }

    /// <summary>
    /// Called once where stored results are not kept because an input was labelled with other options, with the difference; null for
    /// silence.
    /// </summary>
    public Action<string>? Relabelling { get; init; }

    /// <summary>Called with a line about stored results that are damaged, and are therefore labelled again; null for silence.</summary>
    public Action<string>? Damage { get; init; }

    /// <summary>The options for one input, which may say itself which array to read.</summary>
    internal LabelJobOptions Of(InputFile input) => this with { File = input.Complete(File) };

    /// <summary>
    /// How earlier options differ from these, such as <c>--min-norm 0.5, now 0.6</c>, or that another build of the program was used.
    /// </summary>
    internal string Difference(string earlier)
    {
        const string Other = "another build of this program";
        string[] before = earlier.Split(';'),
            now = Fingerprint().Split(';');
        if (before.Length != now.Length)
            return Other;
        return string.Join(", ", before.Zip(now).Where(p => p.First != p.Second).Select(p => Words(p.First, p.Second)).Distinct());

        static string Words(string first, string second)
        {
            string key = first.Split('=')[0];
            if (key is "params" or "layout")
                return $"another --{key}";
            if (key is "library" or "reader")
                return Other;
            if (key == "route")
                return $"--route {Value(first).ToLowerInvariant()}, now {Value(second).ToLowerInvariant()}";
            return $"--{key} {Value(first)}, now {Value(second)}";
        }

        static string Value(string part) => part.Split('=')[1] is { Length: > 0 } value ? Uri.UnescapeDataString(value) : "not given";
    }

    /// <summary>Everything that the results depend on besides the content of the inputs.</summary>
    /// <remarks>The library's build is part of it: labels by another build are redone, not mixed.</remarks>
    internal string Fingerprint() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"min-norm={Label.MinNorm:R};max-plane-dim={Label.MaxPlaneDim};sample={Label.SampleFeatures};route={Label.Route};"
                + $"atlas={Label.Catalogue.FormsFingerprint};layout={File.Layout};weights={Escape(File.Weights)};bias={Escape(File.Bias)};"
                + $"instances={Instances};params={Parameters?.Fingerprint};{Build};reader={typeof(SweepFile).Module.ModuleVersionId:N}"
        );

    /// <summary>
    /// Recovers the options for reading and labelling from a <see cref="Fingerprint"/>; options that are missing there have their defaults.
    /// </summary>
    public static (SweepFileOptions File, LabelOptions Label) ReadFingerprint(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        string[] parts = fingerprint.Split(';');
        string Value(string key) => parts.FirstOrDefault(p => p.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..] ?? "";

        var (file, label) = (new SweepFileOptions(), new LabelOptions());
        if (double.TryParse(Value("min-norm"), NumberStyles.Float, CultureInfo.InvariantCulture, out double norm))
            label = label with { MinNorm = norm };
        if (int.TryParse(Value("sample"), NumberStyles.None, CultureInfo.InvariantCulture, out int sample))
            label = label with { SampleFeatures = sample };
        if (int.TryParse(Value("max-plane-dim"), NumberStyles.None, CultureInfo.InvariantCulture, out int planes))
            label = label with { MaxPlaneDim = planes };
        if (Enum.TryParse(Value("route"), out SummandRoute route))
            label = label with { Route = route };
        if (Value("atlas") == ShapeCatalogue.Default.FormsFingerprint)
            label = label with { Catalogue = ShapeCatalogue.Default };
        if (Enum.TryParse(Value("layout"), out WeightLayout layout))
            file = file with { Layout = layout };
        if (Value("weights") is { Length: > 0 } weights)
            file = file with { Weights = Uri.UnescapeDataString(weights) };
        if (Value("bias") is { Length: > 0 } bias)
            file = file with { Bias = Uri.UnescapeDataString(bias) };
        return (file, label);
    }

    /// <summary>Escapes a key, which may contain anything, even a semicolon.</summary>
    private static string Escape(string? key) => Uri.EscapeDataString(key ?? "");

    /// <summary>The part of <see cref="Fingerprint"/> that names the library's build.</summary>
    internal static string Build => FormattableString.Invariant($"library={typeof(LabelPipeline).Module.ModuleVersionId:N}");
}

/// <summary>How far a job has come.</summary>
/// <param name="Inputs">Number of inputs in all.</param>
/// <param name="Finished">Number of inputs that are finished.</param>
/// <param name="Source">The input that is being labelled.</param>
/// <param name="Done">Number of its instances that are stored.</param>
/// <param name="Instances">Number of its instances.</param>
/// <param name="Runs">Number of runs labelled so far; results that were kept do not count.</param>
public readonly record struct LabelProgress(int Inputs, int Finished, string Source, int Done, int Instances, long Runs);

/// <summary>What a finished job did.</summary>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Kept">Inputs whose results were there already, unchanged.</param>
/// <param name="Runs">Runs labelled now.</param>
/// <param name="Summary">What the folder now holds.</param>
public sealed record LabelJobResult(int Inputs, int Kept, long Runs, LabelSummary Summary);
