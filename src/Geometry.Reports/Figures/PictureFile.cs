using Geometry.Storage.Files;
using Geometry.Storage.Results;
using ScottPlot;
using SkiaSharp;

namespace Geometry.Reports.Figures;

/// <summary>Writes plots side by side under a title, as SVG or PNG by the extension of the file.</summary>
public static class PictureFile
{
    private const int Side = 380;
    private const int TitleHeight = 34;

    /// <summary>The first font without serifs on this machine.</summary>
    internal static readonly string Font = new[] { "DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica" }.FirstOrDefault(
        SKFontManager.Default.FontFamilies.Contains
    ) ?? SKTypeface.Default.FamilyName;

    /// <summary>Throws where a name ends neither in .svg nor in .png.</summary>
    /// <exception cref="ResultsException">The name has another extension.</exception>
    public static void Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!IsSvg(path) && !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new ResultsException($"{path}: expected a name that ends with .svg or .png");
    }

    /// <summary>Draws the plots; the file appears whole or not at all.</summary>
    /// <exception cref="ResultsException">The name has another extension, or the file cannot be written.</exception>
    internal static void Write(string path, IReadOnlyList<Plot> panels, string title)
    {
        Check(path);
        int width = Side * panels.Count,
            height = Side + TitleHeight;
        try
        {
            AtomicFile.Write(path, stream =>
            {
                if (IsSvg(path))
                {
                    using var buffer = new MemoryStream();
                    using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), buffer))
                        Draw(canvas, panels, width, height, title);
                    buffer.WriteTo(stream);
                    return;
                }
                using SKSurface surface = SKSurface.Create(new SKImageInfo(2 * width, 2 * height));
                surface.Canvas.Scale(2);
                Draw(surface.Canvas, panels, width, height, title);
                using SKImage image = surface.Snapshot();
                using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
                data.SaveTo(stream);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: {(Directory.Exists(path) ? "it is a folder" : e.Message)}", e);
        }
    }

    private static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    private static void Draw(SKCanvas canvas, IReadOnlyList<Plot> panels, int width, int height, string title)
    {
        canvas.Clear(SKColors.White);
        using (SKTypeface face = SKTypeface.FromFamilyName(Font))
        using (var font = new SKFont(face, 15))
        using (var ink = new SKPaint { Color = new SKColor(0x22, 0x22, 0x22), IsAntialias = true })
            canvas.DrawText(title, 14, 22, font, ink);
        for (int i = 0; i < panels.Count; i++)
        {
            // A plot clears everything that it can draw on.
            canvas.Save();
            canvas.ClipRect(new SKRect(i * Side, TitleHeight, (i + 1) * Side, height));
            panels[i].Font.Set(Font);
            panels[i].Render(canvas, new PixelRect(i * Side, (i + 1) * Side, height, TitleHeight));
            canvas.Restore();
        }
    }
}
