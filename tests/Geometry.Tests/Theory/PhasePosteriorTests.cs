using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class PhasePosteriorTests
{
    /// <summary>The transition 5 → 6 is at 601.0 samples for c = 6, and there the free energies of the two phases cross.</summary>
    [Fact]
    public void ThePreferredPhaseChangesAtTheCriticalNumberOfSamples()
    {
        IReadOnlyList<PolygonPoint> points = [.. PolygonCriticalPoints.Of(6).Where(p => p.Name is "5" or "6")];
        Assert.Equal("5", PhasePosterior.At(points, 600.5).Phases[0].Point.Name);
        Assert.Equal("6", PhasePosterior.At(points, 601.5).Phases[0].Point.Name);
        Assert.Equal(0.5, PhasePosterior.At(points, 601.0).Phases[0].Weight, 0.01);
    }

    [Fact]
    public void WeightsAddUpAndPhasesOfUnknownCoefficientAreLeftOut()
    {
        PhasePosterior posterior = PhasePosterior.At(PolygonCriticalPoints.Of(6), 5000);
        Assert.Equal(1, posterior.Phases.Sum(p => p.Weight), 1e-12);
        Assert.Equal("6", posterior.Phases[0].Point.Name);
        Assert.All(posterior.Phases, p => Assert.False(double.IsNaN(p.FreeEnergy)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhasePosterior.At([], 0));
    }
}
