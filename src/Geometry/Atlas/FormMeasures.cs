using Geometry.LinearAlgebra;
using Geometry.Shapes.Descriptions;
using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>Computes the invariants of a symmetric configuration.</summary>
internal static class FormMeasures
{
    private const double Same = 1e-9;

    /// <summary>The invariants; O((c·d)³) and the cost of <see cref="ThomsonOptimum"/>.</summary>
    public static FormInvariants Of(SymmetricConfiguration form, int dim, int count)
    {
        double[] unit = form.Unit,
            angles = new double[count * count];
        PairAngles.Fill(unit, dim, count, angles);
        List<double> cosines = [];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                cosines.Add(Vectors.Dot(unit.AsSpan(i * dim, dim), unit.AsSpan(j * dim, dim)));
        }
        cosines.Sort();
        List<double> distinct = Distinct(cosines);
        double squares = 0;
        foreach (double c in cosines)
            squares += 2 * c * c;
        double defect = (dim / (double)count / count * (squares + count)) - 1;
        var description = ConfigurationDescription.Of(unit, dim, count, 0);
        return new FormInvariants
        {
            AnglesText = description.AnglesText(),
            Antipodal = description.Antipodal,
            Tight = description.Tight,
            DesignStrength = description.DesignStrength,
            Equiangular = Distinct([.. distinct.Select(Math.Abs).Where(c => c < 1 - Same).Order()]).Count == 1,
            FreeParameters = FreeParameters.Count(form, dim, count),
            ExactCosines = [.. distinct.Select(ExactCosines.Recognise).OfType<string>()],
            SmallestAngleDegrees = double.RadiansToDegrees(Smallest(angles, count)),
            BestCodeDegrees = BestKnownCodes.AngleDegrees(dim, count),
            Dimensionalities =
            [
                .. Enumerable
                    .Range(0, form.Orbits.Max() + 1)
                    .Select(orbit => Dimensionality(unit, dim, count, Array.IndexOf(form.Orbits, orbit))),
            ],
            ThomsonExcess = (ThomsonOptimum.Energy(unit, dim, count) / ThomsonOptimum.Of(dim, count)) - 1,
            FrameDefect = Math.Sqrt(Math.Max(0, defect)),
        };
    }

    private static double Smallest(double[] angles, int count)
    {
        double smallest = Math.PI;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                smallest = Math.Min(smallest, angles[(i * count) + j]);
        }
        return smallest;
    }

    private static List<double> Distinct(List<double> sorted)
    {
        var distinct = new List<double>();
        foreach (double c in sorted)
        {
            if (distinct.Count == 0 || c - distinct[^1] > Same)
                distinct.Add(c);
        }
        return distinct;
    }

    private static double Dimensionality(double[] unit, int dim, int count, int i)
    {
        double sum = 0;
        for (int j = 0; j < count; j++)
        {
            double cosine = Vectors.Dot(unit.AsSpan(i * dim, dim), unit.AsSpan(j * dim, dim));
            sum += cosine * cosine;
        }
        return 1 / sum;
    }
}
