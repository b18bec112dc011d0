namespace Geometry.Theory.Pairs;

/// <summary>How far values that were read off lie from the truth.</summary>
/// <param name="MeanError">E|r − y| over the four cases of a pair in equal parts.</param>
/// <param name="MaxError">The largest |r − y| of the sample.</param>
/// <param name="None">Errors where neither feature of the pair is active, as for nearly all pairs of an input.</param>
/// <param name="One">Errors where one is.</param>
/// <param name="Both">Errors where both are.</param>
public sealed record ReadoffErrors(double MeanError, double MaxError, CaseErrors None, CaseErrors One, CaseErrors Both)
{
    /// <summary>Of the three biases the one that is largest in size.</summary>
    public double Bias => new[] { None.Bias, One.Bias, Both.Bias }.MaxBy(Math.Abs);

    /// <summary>Sums errors up.</summary>
    /// <param name="errors">Errors r − y; that of case c at [4t + c]. At least two a case.</param>
    internal static ReadoffErrors Of(double[] errors) =>
        new(errors.Average(Math.Abs), errors.Max(Math.Abs), CaseErrors.Of(errors, 0), CaseErrors.Of(errors, 1), CaseErrors.Of(errors, 2));
}

/// <summary>Errors r − y where a given number of the two features is active.</summary>
/// <param name="Bias">Their mean.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
public readonly record struct CaseErrors(double Bias, double StandardDeviation)
{
    internal static CaseErrors Of(double[] errors, int ones)
    {
        double[] own = [.. errors.Where((_, k) => PairTasks.Ones(k % PairTasks.Cases) == ones)];
        double mean = own.Average();
        return new CaseErrors(mean, Math.Sqrt(own.Sum(e => (e - mean) * (e - mean)) / (own.Length - 1)));
    }
}
