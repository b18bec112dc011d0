namespace Geometry.Cli;

/// <summary>Exit statuses of the process.</summary>
internal static class ExitStatus
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Some inputs failed and the rest was done, or the program failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, which includes an output folder that cannot be used: nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C; finished work is kept.</summary>
    public const int Interrupted = 130;
}
