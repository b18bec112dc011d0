namespace Geometry.Reports.Figures;

/// <summary>The parallel projection of all pictures in space: a turn about the vertical, then a tilt towards the reader.</summary>
internal static class SideView
{
    /// <summary>The position of a point to the right and up, and its depth behind the origin.</summary>
    /// <param name="p">Three coordinates; the third is up.</param>
    /// <param name="turn">Angle about the vertical, radians.</param>
    /// <param name="tilt">Angle towards the reader, radians.</param>
    public static (double X, double Y, double Depth) Of(ReadOnlySpan<double> p, double turn = 0.6, double tilt = 0.42)
    {
        double x = (p[0] * Math.Cos(turn)) - (p[1] * Math.Sin(turn)),
            d = (p[0] * Math.Sin(turn)) + (p[1] * Math.Cos(turn));
        return (x, (p[2] * Math.Cos(tilt)) + (d * Math.Sin(tilt)), (d * Math.Cos(tilt)) - (p[2] * Math.Sin(tilt)));
    }
}
