using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Theory;

namespace Geometry.Cli.Theory;

/// <summary>Which polygons the posterior prefers, in the terminal: for each number of samples the first three.</summary>
internal static class PosteriorTable
{
    private const int Shown = 3;

    public static void Write(TextWriter writer, IReadOnlyList<PolygonPoint> points, IReadOnlyList<double> samples)
    {
        var table = new TextTable(">samples", "preferred", ">free energy", ">share", "then", ">F − first", "then", ">F − first");
        foreach (double n in samples)
        {
            IReadOnlyList<PhaseEnergy> phases = PhasePosterior.At(points, n).Phases;
            List<string> cells =
            [
                n.ToString("0.##", CultureInfo.InvariantCulture),
                phases[0].Point.Name,
                Number(phases[0].FreeEnergy),
                (100 * phases[0].Weight).ToString("0.0", CultureInfo.InvariantCulture) + " %",
            ];
            foreach (PhaseEnergy other in phases.Skip(1).Take(Shown - 1))
                cells.AddRange([other.Point.Name, "+" + Number(other.FreeEnergy - phases[0].FreeEnergy)]);
            while (cells.Count < 4 + (2 * (Shown - 1)))
                cells.Add("");
            table.Add([.. cells]);
        }
        table.Write(writer);
        writer.WriteLine();
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
