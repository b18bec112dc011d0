using Geometry.Reports.Html;
using Microsoft.Playwright;

namespace Geometry.Reports.Tests.Browser;

/// <summary>The report of some labelled runs in a headless browser; notes every console error and every request.</summary>
public sealed class OpenReport : IAsyncDisposable
{
    private static readonly string[] s_local = ["file:", "data:", "blob:"];

    /// <summary>A browser without WebGL: everything is drawn flat, in a fraction of the time that software takes to draw space.</summary>
    private const string WithoutSpace =
        "const context = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) "
        + "{ return kind === 'webgl' ? null : context.call(this, kind, ...more); };";

    private OpenReport(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>Errors on the console, uncaught exceptions, and refusals by the page's content policy.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Requests for anything that is not in the file.</summary>
    public List<string> Requests { get; } = [];

    internal static async Task<OpenReport> Of(
        IBrowser browser,
        LabelledFolder folder,
        ColorScheme scheme = ColorScheme.Light,
        string first = "[data-figure=phase] .plot[data-ready]",
        bool inSpace = true
    )
    {
        (_, string page, _) = ReportJob.Run(folder.Path, new ReportOptions());
        IPage opened = await browser.NewPageAsync(
            new BrowserNewPageOptions
            {
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = 1180, Height = 900 },
            }
        );
        if (!inSpace)
            await opened.AddInitScriptAsync(WithoutSpace);
        var report = new OpenReport(opened);
        opened.Console += (_, message) =>
        {
            if (message.Type == "error")
                report.Errors.Add(message.Text);
        };
        opened.PageError += (_, error) => report.Errors.Add(error);
        opened.Dialog += async (_, dialog) =>
        {
            report.Errors.Add("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        opened.Request += (_, request) =>
        {
            if (!s_local.Any(p => request.Url.StartsWith(p, StringComparison.Ordinal)))
                report.Requests.Add(request.Url);
        };
        await opened.GotoAsync(new Uri(Path.GetFullPath(page)).AbsoluteUri);
        await opened.WaitForSelectorAsync(first);
        return report;
    }

    /// <summary>Scrolls a section into view and waits until its first figure is drawn.</summary>
    public async Task<ILocator> Show(string section, string figure)
    {
        await Page.Locator("#" + section).EvaluateAsync("e => e.scrollIntoView({ behavior: 'instant' })");
        ILocator plot = Page.Locator($"#{section} [data-figure{figure}] .plot").First;
        await plot.EvaluateAsync("e => e.scrollIntoView({ behavior: 'instant', block: 'center' })");
        await Page.WaitForFunctionAsync("e => e.dataset.ready === 'yes'", await plot.ElementHandleAsync());
        return plot;
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
