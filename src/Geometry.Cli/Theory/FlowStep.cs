using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.RandomNumbers;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Theory;
using Geometry.Theory;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Cli.Theory;

/// <summary>The request of <c>--flow</c>.</summary>
internal sealed record FlowRequest(LinearData Data, int Hidden, string Output, bool Untied, string? Start, int Seed, double? Duration);

/// <summary>The flows of the linear model: writes their paths to a file, and prints where they end.</summary>
internal static class FlowStep
{
    /// <summary>A stage counts as finished at this strength.</summary>
    private const double Half = 0.5;

    /// <summary>Standard deviation of the random start, times √D: the modes start at a hundredth of their final strength.</summary>
    private const double Spread = 0.1;

    private const double StandardDuration = 10;

    public static double? Duration(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value > 0
            && double.IsFinite(value)
        )
            return value;
        result.AddError($"--duration: expected a number above 0, found '{text}'");
        return null;
    }

    /// <summary>Integrates the flows; writes nothing yet.</summary>
    /// <returns>A function that writes the file and prints a message.</returns>
    /// <exception cref="InputException">The start or the duration does not fit.</exception>
    public static Action<Streams> Prepare(FlowRequest request)
    {
        int size = request.Data.Spectrum.Count;
        Matrix<double> covariance = Matrix<double>.Build.DenseOfRowMajor(size, size, request.Data.Covariance),
            start = Start(request, size);
        double duration = request.Duration ?? StandardDuration / request.Data.Spectrum.OrderDescending().ElementAt(request.Hidden - 1);
        double[] stages = Stages(covariance, start);
        try
        {
            if (request.Untied)
            {
                UntiedFlowPath path = UntiedFlow.Integrate(covariance, start.Transpose(), start, duration);
                return streams => Tell(streams, request.Output, path, stages);
            }
            TiedFlowPath[] paths = [.. Enum.GetValues<TiedFlow>().Select(flow => TiedFlows.Integrate(flow, covariance, start, duration))];
            return streams => Tell(streams, request.Output, paths, stages);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--duration: {e.Message.Split(" (Parameter", StringSplitOptions.None)[0]}", e);
        }
    }

    private static void Tell(Streams streams, string file, UntiedFlowPath path, double[] stages)
    {
        FlowFile.Write(file, path, stages);
        var table = new TextTable("flow", ">loss at the end", ">distance from the top eigenspace", ">drift of AᵀA − BBᵀ");
        table.Add(
            "untied",
            Number(path.Losses[^1]),
            Number(path.ProjectorErrors[^1]),
            path.Drifts.Max().ToString("0.0e+0", CultureInfo.InvariantCulture)
        );
        End(streams, file, table, path.Times[^1], stages);
    }

    private static void Tell(Streams streams, string file, TiedFlowPath[] paths, double[] stages)
    {
        FlowFile.Write(file, paths, stages);
        var table = new TextTable("flow", ">loss at the end", ">distance from the top eigenspace");
        foreach (TiedFlowPath path in paths)
            table.Add(path.Flow.ToString().ToLowerInvariant(), Number(path.Losses[^1]), Number(path.ProjectorErrors[^1]));
        End(streams, file, table, paths[0].Times[^1], stages);
    }

    private static void End(Streams streams, string file, TextTable table, double duration, double[] stages)
    {
        streams.Out.WriteLine();
        table.Write(streams.Out);
        streams.Out.WriteLine();
        streams.Out.WriteLine($"stages, one an eigenvalue from the largest on: {string.Join(' ', stages.Select(Number))}");
        streams.Out.WriteLine($"{TiedFlows.Kept} times up to {Number(duration)} are in {file}");
    }

    /// <summary>The time at which each mode would be half learned by itself; infinite for a mode of strength 0.</summary>
    private static double[] Stages(Matrix<double> covariance, Matrix<double> start)
    {
        var spectrum = covariance.Evd(Symmetricity.Symmetric);
        return
        [
            .. Enumerable
                .Range(0, covariance.RowCount)
                .Reverse()
                .Select(i =>
                {
                    Vector<double> mode = start * spectrum.EigenVectors.Column(i);
                    double strength = mode * mode;
                    return strength is > 0 and < Half ? TiedFlows.StageTime(spectrum.EigenValues[i].Real, strength, Half)
                        : strength > 0 ? 0
                        : double.PositiveInfinity;
                }),
        ];
    }

    private static Matrix<double> Start(FlowRequest request, int size)
    {
        if (request.Start is { } file)
        {
            (double[] entries, int rows, int columns) = MatrixFile.Read(file);
            if (rows != request.Hidden || columns != size)
                throw new InputException(
                    FormattableString.Invariant($"--start {file}: expected a {request.Hidden}×{size} matrix, found {rows}×{columns}")
                );
            return Matrix<double>.Build.DenseOfRowMajor(rows, columns, entries);
        }
        double[] weights = new double[request.Hidden * size];
        new GaussianSource(request.Seed).Normal(weights);
        return Matrix<double>.Build.DenseOfRowMajor(request.Hidden, size, weights) * (Spread / Math.Sqrt(size));
    }

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
