using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Cli.Inspect;

/// <summary>How encoder and decoder share the work for each feature: w_i writes it into the hidden space, a_i reads it.</summary>
internal static class RoleTable
{
    private const int MostRows = 60;

    public static void Write(TextWriter writer, InspectedRun first, InspectedRun second)
    {
        FeatureConfiguration encoder = first.Configuration,
            decoder = second.Configuration;
        writer.WriteLine("how each feature is written (w) and read (a): gain a·w, and the largest push on another output");
        var table = new TextTable([">feature", $">norm in {first.Weights}", $">norm in {second.Weights}", ">cos", ">gain", ">push", ">on"]);
        for (int i = 0; i < Math.Min(encoder.Features, MostRows); i++)
        {
            ReadOnlySpan<double> w = encoder.Column(i),
                a = decoder.Column(i);
            double written = Vectors.Norm(w),
                read = Vectors.Norm(a),
                gain = Vectors.Dot(w, a),
                push = 0;
            int on = -1;
            for (int j = 0; j < decoder.Features; j++)
            {
                double value = j == i ? 0 : Vectors.Dot(w, decoder.Column(j));
                if (value > push)
                    (push, on) = (value, j);
            }
            table.Add([
                i.ToString(CultureInfo.InvariantCulture),
                Number(written),
                Number(read),
                written * read > 0 ? Number(gain / (written * read)) : "",
                Number(gain),
                Number(push),
                on < 0 ? "" : on.ToString(CultureInfo.InvariantCulture),
            ]);
        }
        table.Write(writer);
        if (encoder.Features > MostRows)
            writer.WriteLine(FormattableString.Invariant($"{encoder.Features - MostRows} more features"));
        writer.WriteLine();
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
