using System.CommandLine;
using Geometry.Atlas;
using Geometry.Labels;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Parsing;

/// <summary>The options that say how weights are read and which features count as learned; all verbs that label share them.</summary>
internal sealed class ReadingOptions
{
    private static readonly LabelOptions s_defaults = new();

    private readonly Option<double> _minNorm = new("--min-norm")
    {
        Description = "A feature is learned when its norm is at least this share of the largest; above 0, at most 1.",
        HelpName = "share",
        DefaultValueFactory = _ => s_defaults.MinNorm,
        CustomParser = Parsers.Share,
    };

    private readonly Option<int> _maxPlaneDim = new("--max-plane-dim")
    {
        Description = "Largest dimension of the planes in the Hough transform; 1 or more.",
        HelpName = "k",
        DefaultValueFactory = _ => s_defaults.MaxPlaneDim,
        CustomParser = Parsers.AtLeastOne,
    };

    private readonly Option<int> _sample = new("--sample")
    {
        Description =
            "Where the subsets of a plane's dimension are too many to enumerate (2²⁸), find planes that hold at least this many "
            + "features from random pools, an exact plane being missed with probability ≤ 1 %; 0 leaves such a dimension out.",
        HelpName = "features",
        CustomParser = Parsers.NotNegative,
    };

    private readonly Option<SummandRoute> _route = new("--route")
    {
        Description =
            "Which route proposes the summands: planes (the Hough transform alone), blocks (the Gram matrix alone) or both, the "
            + "default (the partition with most evidence).",
        HelpName = "planes|blocks|both",
        CustomParser = Parsers.Route,
    };

    private readonly AtlasOption _atlas = new(
        "Atlas whose forms are names too, beside the built-in one: a folder or an atlas.yaml that atlas wrote; none: no forms at all."
    );

    private readonly Option<WeightLayout> _layout = new("--layout")
    {
        Description =
            "Order of the two weight axes: features-first or hidden-first; by default as the bias says, else the smaller is hidden.",
        HelpName = "features-first|hidden-first",
        CustomParser = Parsers.Layout,
    };

    private readonly Option<string?> _weights = new("--weights")
    {
        Description =
            "Key of the weight array; by default the only one with two or three axes. label and inspect take all: each matrix of an "
            + "untied or deep model for itself.",
        HelpName = "key",
    };

    private readonly Option<string?> _bias = new("--bias")
    {
        Description = "Key of the bias array; by default the one whose length fits.",
        HelpName = "key",
    };

    public void AddTo(Command command)
    {
        AddLabellingTo(command);
        command.Options.Add(_layout);
        command.Options.Add(_weights);
        command.Options.Add(_bias);
    }

    /// <summary>Adds only the options for labelling: the files of a trained sweep say themselves how they are read.</summary>
    public void AddLabellingTo(Command command)
    {
        command.Options.Add(_minNorm);
        command.Options.Add(_maxPlaneDim);
        command.Options.Add(_sample);
        command.Options.Add(_route);
        command.Options.Add(_atlas.Option);
    }

    public LabelOptions Label(ParseResult parsed)
    {
        var options = new LabelOptions
        {
            MinNorm = parsed.GetValue(_minNorm),
            MaxPlaneDim = parsed.GetValue(_maxPlaneDim),
            SampleFeatures = parsed.GetValue(_sample),
            Route = parsed.GetValue(_route),
        };
        if (AtlasWord(parsed) is not null)
            return options with { Catalogue = _atlas.Catalogue(parsed) };
        // Reading the built-in atlas, a tenth of a small job, overlaps with opening the files and the database.
        _ = Task.Run(static () => FormAtlas.BuiltInCatalogue.FormsFingerprint);
        return options;
    }

    /// <summary>The value of --atlas; null where it is not given.</summary>
    public string? AtlasWord(ParseResult parsed) => parsed.GetValue(_atlas.Option);

    public SweepFileOptions File(ParseResult parsed) =>
        new()
        {
            Layout = parsed.GetValue(_layout),
            Weights = parsed.GetValue(_weights),
            Bias = parsed.GetValue(_bias),
        };
}
