using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Tests.Library;

/// <summary>The program of docs/library.md, with the console as a parameter.</summary>
internal static class LibraryProgram
{
    public static void Run(string path, TextWriter Console)
    {
        // begin
        var options = new LabelOptions { MinNorm = 0.5, Route = SummandRoute.Both };
        using SweepFile file = SweepFile.Open(path, new SweepFileOptions());

        for (int instance = 14; instance < 16; instance++)
        {
            FeatureConfiguration weights = file.ReadConfiguration(instance);
            RunLabel run = LabelPipeline.Label(weights, options);
            Console.WriteLine($"{instance}: {run.Label}, {run.Formula}, rank {run.Rank} of {weights.Hidden}");
            foreach (Summand summand in run.Summands)
            {
                Console.Write($"  {summand.Match.Shape} of features {string.Join(' ', summand.Features)}, ");
                Console.WriteLine(FormattableString.Invariant($"{summand.Match.ResidualDegrees:0.00}° off"));
            }
        }
        // end
    }
}
