using System.Runtime.Intrinsics;
using Geometry.Training.Kernels;
using Xunit;

namespace Geometry.Training.Tests.Kernels;

public class ExponentialTests
{
    [Fact]
    public void IsWithinTwoUnitsOfTheLastPlace()
    {
        for (float x = -87; x < 88; x += 0.0137f)
        {
            double expected = Math.Exp(x);
            Assert.InRange(Exponential.Of(Vector512.Create(x))[3], expected * (1 - 2e-7), expected * (1 + 2e-7));
        }
    }
}
