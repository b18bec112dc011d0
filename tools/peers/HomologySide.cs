using System.Globalization;
using Geometry.Measures.Topology;

namespace Geometry.Peers;

/// <summary>Barcodes of Vietoris–Rips filtrations, by this library: from points in memory to intervals in memory, on one thread.</summary>
internal static class HomologySide
{
    /// <summary>Times the barcode of a cloud and writes a line an interval: degree, birth, death.</summary>
    internal static (Stopwatches Times, int Bars) Run(double[] points, int count, int dim, int degree, string output, double seconds)
    {
        IReadOnlyList<Bar> bars = [];
        Stopwatches times = Stopwatches.Of(() => bars = RipsPersistence.Of(Distances(points, count, dim), count, degree), seconds);
        File.WriteAllLines(
            output,
            bars.Select(b =>
                string.Create(CultureInfo.InvariantCulture, $"{b.Degree}\t{b.Birth}\t{(double.IsInfinity(b.Death) ? "inf" : b.Death)}")
            )
        );
        return (times, bars.Count);
    }

    private static double[] Distances(double[] points, int count, int dim)
    {
        double[] distances = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double sum = 0;
                for (int k = 0; k < dim; k++)
                    sum += (points[(i * dim) + k] - points[(j * dim) + k]) * (points[(i * dim) + k] - points[(j * dim) + k]);
                distances[(i * count) + j] = Math.Sqrt(sum);
            }
        }
        return distances;
    }
}
