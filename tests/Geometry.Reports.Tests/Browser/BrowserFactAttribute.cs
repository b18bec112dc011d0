using Xunit;

namespace Geometry.Reports.Tests.Browser;

/// <summary>A test in a real browser; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public BrowserFactAttribute()
    {
        if (Executable is null)
            Skip = $"no Chromium among {string.Join(", ", s_places)}: install the package chromium to run the tests of the report's page";
    }

    public static string? Executable { get; } = s_places.FirstOrDefault(File.Exists);
}
