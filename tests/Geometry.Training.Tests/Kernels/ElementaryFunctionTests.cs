using System.Runtime.Intrinsics;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Xunit;

namespace Geometry.Training.Tests.Kernels;

public class ElementaryFunctionTests
{
    [Fact]
    public void TheExponentialIsWithinTwoUnitsOfTheLastPlace()
    {
        for (float x = -87; x < 88; x += 0.0137f)
        {
            double expected = Math.Exp(x);
            Assert.InRange(
                Exponential.Of<Vector256<float>, Lanes256>(Vector256.Create(x))[3],
                expected * (1 - 2e-7),
                expected * (1 + 2e-7)
            );
        }
    }

    [Fact]
    public void TheLogarithmIsAccurateToTheLastUniformNumber()
    {
        for (int k = 1; k <= 1 << 24; k += k < 5000 || k > (1 << 24) - 5000 ? 1 : 997)
        {
            float v = k * (1f / (1 << 24));
            double expected = Math.Log(v);
            Assert.InRange(Logarithm.Of<Vector256<float>, Lanes256>(Vector256.Create(v))[7], expected * (1 + 3e-7), expected * (1 - 3e-7));
        }
    }
}
