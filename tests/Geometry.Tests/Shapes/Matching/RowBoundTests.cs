using Geometry.Atlas;
using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Geometry.Tests.Atlas;
using Xunit;

namespace Geometry.Tests.Shapes.Matching;

public class RowBoundTests
{
    [Fact]
    public void NoResidualIsBelowTheBound()
    {
        // Copies of members along the whole drift, from no noise up to a noise at which they resemble nothing.
        foreach (Form form in FormAtlas.BuiltIn.Forms.Where(f => f.Directions <= 16).Take(24))
        {
            Shape shape = form.ToShape();
            for (int k = 0; k < 8; k++)
            {
                double parameter = shape.Parameter is { } range ? range.Low + (k / 7.0 * (range.High - range.Low)) : double.NaN;
                double[] copy = Copies.Of(shape.Vertices(parameter), shape.Dim, 0.03 * k, k);
                double residual = ShapeMatcher.Comparer(shape)(copy),
                    sorted = shape.Geometry.LowerBound(Data(copy, shape).Sorted.AsSpan(0, shape.Count * (shape.Count - 1) / 2));
                Assert.True(MayBeWithin(copy, shape, residual + 1e-9), $"{form.Name}: the rows exclude {residual}");
                // It is no weaker than the bound by all sorted angles.
                Assert.False(sorted > 0 && MayBeWithin(copy, shape, sorted - 1e-9), $"{form.Name}: the rows allow less than {sorted}");
            }
        }
    }

    [Fact]
    public void WhatHasOtherAnglesAtItsDirectionsIsTold()
    {
        // Random directions: the angles at each direction are different, though the sorted list of all angles may be similar.
        Shape shape = FormAtlas.BuiltIn.Forms.First(f => f.Name == "form(4,15)s72").ToShape();
        int beyond = Enumerable.Range(0, 50).Count(seed => !MayBeWithin(Copies.Random(4, 15, seed), shape, double.DegreesToRadians(8)));
        Assert.InRange(beyond, 45, 50);
    }

    private static bool MayBeWithin(double[] unit, Shape shape, double residual)
    {
        Correspondence state = Data(unit, shape);
        return state.Rows.MayBeWithin(shape.Geometry, state.Sorted.AsSpan(0, state.Pairs), residual);
    }

    private static Correspondence Data(double[] unit, Shape shape)
    {
        var state = new Correspondence();
        state.Load(unit, shape.Dim, shape.Count);
        state.SortAngles();
        return state;
    }
}
