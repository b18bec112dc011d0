using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>
/// A line that is not wrapped: a path that is broken in two can be neither read nor copied, and a terminal folds what is too long by
/// itself.
/// </summary>
internal sealed class UnbrokenLine(params Segment[] parts) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(1, maxWidth), maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [.. parts, Segment.LineBreak];
}
