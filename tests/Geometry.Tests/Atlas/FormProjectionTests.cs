using Geometry.Atlas;
using Xunit;

namespace Geometry.Tests.Atlas;

public class FormProjectionTests
{
    [Fact]
    public void ThePictureHasTheSymmetryThatItIsSeenAlong()
    {
        int turned = 0;
        foreach (Form form in FormAtlas.BuiltIn.Forms)
        {
            FormProjection seen = FormProjection.Of(form);
            Assert.Equal(3 * form.Directions, seen.Points.Length);
            // A projection along orthonormal axes shortens unit vectors.
            for (int i = 0; i < form.Directions; i++)
                Assert.InRange(Squared(seen.Points, i, 3), 0, 1 + 1e-9);
            if (form.Symmetries.IsOne)
                Assert.Equal(1, seen.Turn);
            if (seen.Turn < 3)
                continue;
            turned++;
            (double sin, double cos) = Math.SinCos(2 * Math.PI / seen.Turn);
            for (int i = 0; i < form.Directions; i++)
            {
                (double x, double y) = (seen.Points[3 * i], seen.Points[(3 * i) + 1]);
                (double tx, double ty) = ((cos * x) - (sin * y), (sin * x) + (cos * y));
                Assert.Contains(Enumerable.Range(0, form.Directions), j =>
                    Math.Abs(seen.Points[3 * j] - tx) + Math.Abs(seen.Points[(3 * j) + 1] - ty) < 1e-4
                );
            }
        }
        Assert.InRange(turned, 30, FormAtlas.BuiltIn.Forms.Count);
    }

    [Fact]
    public void EqualFormsMakeEqualPictures()
    {
        Form form = FormAtlas.BuiltIn.Forms.First(f => f.Symmetries > 100);
        Assert.Equal(FormProjection.Of(form).Points, FormProjection.Of(form with { }).Points);
    }

    private static double Squared(double[] points, int i, int dims) =>
        Enumerable.Range(0, dims).Sum(k => points[(3 * i) + k] * points[(3 * i) + k]);
}
