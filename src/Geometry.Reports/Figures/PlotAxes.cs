using System.Globalization;

namespace Geometry.Reports.Figures;

/// <summary>A rectangle with axes on a canvas: data coordinates to points, ticks, titles.</summary>
internal sealed class PlotAxes(SvgCanvas canvas, double left, double top, double right, double bottom)
{
    private const int Ink = 0x222222,
        Grid = 0xdddddd;
    private (double Low, double High) _x = (0, 1),
        _y = (0, 1);
    private bool _logX;

    public double Left => left;

    public double Top => top;

    public double Right => right;

    public double Bottom => bottom;

    public void Ranges(double xLow, double xHigh, double yLow, double yHigh, bool logX = false)
    {
        _logX = logX;
        _x = logX ? (Math.Log10(xLow), Math.Log10(xHigh)) : (xLow, xHigh);
        if (_x.High <= _x.Low)
            _x.High = _x.Low + 1;
        _y = yHigh > yLow ? (yLow, yHigh) : (yLow, yLow + 1);
    }

    public double X(double x) => left + ((right - left) * ((_logX ? Math.Log10(x) : x) - _x.Low) / (_x.High - _x.Low));

    public double Y(double y) => bottom - ((bottom - top) * (y - _y.Low) / (_y.High - _y.Low));

    public void Titles(string x, string y)
    {
        canvas.Text((left + right) / 2, bottom + 32, x, "middle", 10);
        if (y.Length > 0)
            canvas.Text(left - 36, (top + bottom) / 2, y, "middle", 10, turned: true);
    }

    /// <summary>Draws the frame, after the data so that it lies above them.</summary>
    public void Box()
    {
        canvas.Line(left, bottom, right, bottom, Ink, 0.8);
        canvas.Line(left, top, left, bottom, Ink, 0.8);
    }

    public void TickY(double value, string text)
    {
        canvas.Line(left, Y(value), right, Y(value), Grid, 0.5);
        canvas.Text(left - 5, Y(value) + 3, text, "end");
    }

    public void TicksY(int about = 5)
    {
        foreach (double tick in Nice(_y.Low, _y.High, about))
            TickY(tick, tick.ToString("0.####", CultureInfo.InvariantCulture));
    }

    public void TicksX(int about = 6)
    {
        if (_logX)
        {
            for (int decade = (int)Math.Ceiling(_x.Low - 1e-9); decade <= _x.High + 1e-9; decade++)
                TickX(Math.Pow(10, decade), Math.Pow(10, decade).ToString("0.####", CultureInfo.InvariantCulture));
            if (_x.High - _x.Low < 2)
            {
                foreach (double m in (ReadOnlySpan<double>)[2, 3, 5, 20, 30, 50])
                {
                    if (Math.Log10(m) > _x.Low && Math.Log10(m) < _x.High)
                        TickX(m, m.ToString(CultureInfo.InvariantCulture));
                }
            }
            return;
        }
        foreach (double tick in Nice(_x.Low, _x.High, about))
            TickX(tick, tick.ToString("0.####", CultureInfo.InvariantCulture));
    }

    /// <summary>Texts below the categories 0 … count−1, as many as fit.</summary>
    public void CategoriesX(int count, Func<int, string> text)
    {
        int longest = Enumerable.Range(0, count).Max(i => text(i).Length);
        int step = Math.Max(1, (int)Math.Ceiling(count * ((longest * 5.0) + 8) / (right - left)));
        for (int i = 0; i < count; i += step)
            canvas.Text(X(i), bottom + 14, text(i), "middle");
    }

    public void CategoriesY(int count, Func<int, string> text)
    {
        int step = Math.Max(1, (int)Math.Ceiling(count * 11 / (bottom - top)));
        for (int i = 0; i < count; i += step)
            canvas.Text(left - 5, Y(i) + 3, text(i), "end");
    }

    /// <summary>A dotted horizontal line at a value, with a name at its right end.</summary>
    public void Level(double y, string text, double shift = 0)
    {
        canvas.Line(left, Y(y), right, Y(y), 0x777777, 0.7, "2,2");
        canvas.Text(right + 4, Y(y) + 3 + shift, text, color: 0x555555);
    }

    public void TickX(double value, string text)
    {
        canvas.Line(X(value), bottom, X(value), bottom + 4, Ink, 0.8);
        canvas.Text(X(value), bottom + 15, text, "middle");
    }

    private static IEnumerable<double> Nice(double low, double high, int about)
    {
        double raw = (high - low) / about,
            unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step =
            unit
            * (
                raw / unit < 1.5 ? 1
                : raw / unit < 3.5 ? 2
                : raw / unit < 7.5 ? 5
                : 10
            );
        for (long k = (long)Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
            yield return k * step;
    }
}
