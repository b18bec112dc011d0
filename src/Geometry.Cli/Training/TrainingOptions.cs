using System.CommandLine;
using Geometry.Cli.Parsing;
using Geometry.Storage.Files;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Cli.Training;

/// <summary>The argument and options for training, which <c>train</c> and <c>run</c> share.</summary>
internal sealed class TrainingOptions
{
    private readonly Argument<string> _spec;

    private readonly Option<string> _output = new("--out")
    {
        Description =
            "Folder for the results; made when missing. Training leaves sweep.yaml, weights/ and failures.csv there (and "
            + "checkpoints/ when the spec asks for some).",
        HelpName = "folder",
        Required = true,
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on with the sweep in the folder, which must be of the same spec, shard and engine; finished runs are kept.",
    };

    private readonly Option<int> _threads = SharedOptions.Threads();

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "cpu, or torch where the program was built with -p:Torch=cpu or -p:Torch=cuda-linux.",
        HelpName = "name",
        DefaultValueFactory = _ => Engines.Cpu,
        CustomParser = Parsers.Engine,
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Device of the torch engine: cpu, cuda:0, …",
        HelpName = "name",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<Shard> _shard = new("--shard")
    {
        Description = "Train the i-th of N equal parts of the sweep, i from 1; geometry merge puts the parts together.",
        HelpName = "i/N",
        DefaultValueFactory = _ => Shard.Whole,
        CustomParser = Parsers.Shard,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Added to every seed of the spec.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
        CustomParser = Parsers.WholeNumber,
    };

    /// <param name="specRequired">Whether the spec must be given; otherwise the default is the built-in poster.</param>
    public TrainingOptions(bool specRequired)
    {
        _spec = new Argument<string>("spec")
        {
            Description =
                $"Sweep spec (YAML); '{SpecFile.BuiltIn}' is the built-in one, n=5, m=2 from dense to "
                + $"sparse{(specRequired ? "" : ", and the default")}.",
        };
        if (!specRequired)
        {
            _spec.DefaultValueFactory = _ => SpecFile.BuiltIn;
            _spec.Arity = ArgumentArity.ZeroOrOne;
        }
        _spec.Validators.Add(Parsers.RefuseOptions);
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_spec);
        foreach (Option option in (ReadOnlySpan<Option>)[_output, _resume, _threads, _engine, _device, _shard, _seed])
            command.Options.Add(option);
    }

    /// <summary>Adds the options except shard, resumption and threads, which each task of a cluster gets by itself.</summary>
    public void AddToSubmit(Command command)
    {
        _output.Description =
            "Folder for the results, and for shards/, logs/ and slurm/ (spec and scripts), on a disk that all nodes see; made when "
            + "missing.";
        command.Arguments.Add(_spec);
        foreach (Option option in (ReadOnlySpan<Option>)[_output, _engine, _device, _seed])
            command.Options.Add(option);
    }

    public TrainingRequest Read(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_spec);
        return new TrainingRequest(
            WithSeed(SpecFile.Read(path), parsed.GetValue(_seed)),
            path,
            parsed.GetRequiredValue(_output),
            parsed.GetValue(_resume),
            parsed.GetValue(_threads),
            parsed.GetRequiredValue(_engine),
            parsed.GetRequiredValue(_device),
            parsed.GetValue(_shard) ?? Shard.Whole
        );
    }

    private static SweepSpec WithSeed(SweepSpec spec, int seed)
    {
        try
        {
            return spec.WithSeedsFrom(seed);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InputException(
                FormattableString.Invariant($"--seed {seed}: a seed of the sweep leaves the range of 32-bit integers"),
                e
            );
        }
    }
}

/// <summary>The training that a command line asks for.</summary>
internal sealed record TrainingRequest(
    SweepSpec Spec,
    string SpecPath,
    string Output,
    bool Resume,
    int Threads,
    string Engine,
    string Device,
    Shard Shard
);
