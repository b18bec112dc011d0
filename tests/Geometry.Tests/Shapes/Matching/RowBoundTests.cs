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
        // Copies of members all along a drift, from no noise to as much as to be like nothing.
        foreach (Form form in FormAtlas.BuiltIn.Forms.Where(f => f.Directions <= 16).Take(24))
        {
            Shape shape = form.ToShape();
            for (int k = 0; k < 8; k++)
            {
                double parameter = shape.Parameter is { } range ? range.Low + (k / 7.0 * (range.High - range.Low)) : double.NaN;
                double[] copy = Copies.Of(shape.Vertices(parameter), shape.Dim, 0.03 * k, k);
                (double sorted, double rows) = Bounds(copy, shape);
                double residual = ShapeMatcher.Comparer(shape)(copy);
                Assert.True(rows <= residual + 1e-9, $"{form.Name}: {rows} > {residual}");
                Assert.True(sorted <= rows + 1e-9, $"{form.Name}: {sorted} > {rows}");
            }
        }
    }

    [Fact]
    public void WhatHasOtherAnglesAtItsDirectionsIsTold()
    {
        // Random directions: the angles of each are another mix, though all of them sorted may look alike.
        Shape shape = FormAtlas.BuiltIn.Forms.First(f => f.Name == "form(4,15)s72").ToShape();
        int beyond = Enumerable.Range(0, 50).Count(seed => double.RadiansToDegrees(Bounds(Copies.Random(4, 15, seed), shape).Rows) > 8);
        Assert.InRange(beyond, 45, 50);
    }

    private static (double Sorted, double Rows) Bounds(double[] unit, Shape shape)
    {
        var state = new Correspondence();
        state.Load(unit, shape.Dim, shape.Count);
        state.SortAngles();
        return (LowerBound.Of(state.Sorted.AsSpan(0, state.Pairs), shape.Geometry), state.Rows.Of(shape.Geometry));
    }
}
