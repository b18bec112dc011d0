using System.Numerics;
using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Shapes.Descriptions;
using Geometry.Spheres;

namespace Geometry.Storage.Tests.Results;

/// <summary>Labels made without labelling: every learned feature by itself, with residuals that depend only on the weights.</summary>
internal static class HandMadeLabels
{
    public static RunLabel Of(FeatureConfiguration w, LabelOptions options)
    {
        double[] norms = [.. Enumerable.Range(0, w.Features).Select(i => Math.Sqrt(w.Column(i).ToArray().Sum(x => x * x)))];
        int[] learned = [.. Enumerable.Range(0, w.Features).Where(i => norms[i] >= options.MinNorm * norms.Max())];
        Summand[] summands =
        [
            .. learned.Select(i => new Summand(
                1,
                [i],
                new ShapeMatch(i == 0 ? "irregular(1,1)" : "dedicated", "dedicated", norms[i], 0.25, double.NaN),
                new Sphere(norms[i], 0, double.NaN)
            )
            {
                Description = i == 0 ? Description(w.Features) : null,
            }),
        ];
        return new RunLabel
        {
            Label = learned.Length % 2 == 0 ? "orthogonal" : "irregular",
            Formula = FormattableString.Invariant($"{learned.Length} dedicated"),
            Summands = summands,
            Learned = learned,
            Rank = Math.Min(w.Hidden, learned.Length),
            DimsPerFeature = w.Hidden / norms.Sum(x => x * x),
            FrameDefect = norms[0],
            MaxResidualDegrees = norms.Max(),
            OrthogonalityDefect = double.NaN,
            Norms = norms,
            Dimensionalities = norms,
            NoiseScale = 0.01,
            DecidedBy = learned.Length == 1 ? "" : "blocks",
            Agreement =
                learned.Length == 3
                    ? new RouteAgreement(false, "features 0, 1 differ", "planes 1-3: 25 subsets")
                    : new RouteAgreement(true, "", "blocks"),
        };
    }

    /// <summary>An order beyond 64 bits for three features, an unknown one for four.</summary>
    private static ConfigurationDescription Description(int features) =>
        new()
        {
            Angles = features == 5 ? [] : [(63.434948, 30), (180, 6)],
            Antipodal = true,
            Tight = false,
            DesignStrength = 5,
            Symmetries = features switch
            {
                3 => BigInteger.Pow(2, 70),
                4 => null,
                _ => 120,
            },
            Orbits = features == 4 ? null : 1,
        };
}
