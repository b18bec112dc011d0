using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Theory;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry theory NAME … --out FILE.csv</c></summary>
internal static class TheoryVerb
{
    public static Command Create(Streams streams) =>
        new VerbCommand(
            "theory",
            "What the models should do, where that is known in closed form, as tables.",
            "geometry theory ground-states --hidden 2 --features 5 --out ground-states.csv"
        )
        {
            GroundStatesCommand.Create(streams),
            PhasesCommand.Create(streams),
            PolygonsCommand.Create(streams),
            LinearCommand.Create(streams),
            GainsCommand.Create(streams),
            PairsCommand.Create(streams),
        };
}
