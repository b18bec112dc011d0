namespace Geometry.Reports.Figures;

/// <summary>
/// The parallel projection of space that pictures are drawn in: turned about the vertical, then tilted towards the reader.
/// </summary>
internal static class SideView
{
    /// <summary>Where a point is drawn, to the right and up, and how far behind the origin it lies.</summary>
    /// <param name="p">Three coordinates; the third is up.</param>
    /// <param name="turn">Radians about the vertical.</param>
    /// <param name="tilt">Radians towards the reader.</param>
    public static (double X, double Y, double Depth) Of(ReadOnlySpan<double> p, double turn = 0.6, double tilt = 0.42)
    {
        double x = (p[0] * Math.Cos(turn)) - (p[1] * Math.Sin(turn)),
            d = (p[0] * Math.Sin(turn)) + (p[1] * Math.Cos(turn));
        return (x, (p[2] * Math.Cos(tilt)) + (d * Math.Sin(tilt)), (d * Math.Cos(tilt)) - (p[2] * Math.Sin(tilt)));
    }
}
