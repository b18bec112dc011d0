using Geometry.Configurations;

namespace Geometry.Storage.Results;

/// <summary>What happens to an input next.</summary>
internal enum LabelStepKind
{
    /// <summary>Its results are there and stay.</summary>
    Keep,

    /// <summary>It starts from nothing.</summary>
    Begin,

    /// <summary>It goes on behind the instances that are there.</summary>
    Continue,

    /// <summary>Some of its instances, in order.</summary>
    Runs,

    /// <summary>It failed as a whole.</summary>
    Fail,

    /// <summary>It failed as a whole and has the name of an input before it, whose results stay.</summary>
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

/// <summary>One instance on its way: read, then labelled; or failed at either.</summary>
internal struct PendingRun
{
    public int Instance;
    public FeatureConfiguration? Configuration;
    public double[]? Bias;
    public ParameterValue[] Parameters;
    public RunResult? Result;
    public string? Failure;
}
