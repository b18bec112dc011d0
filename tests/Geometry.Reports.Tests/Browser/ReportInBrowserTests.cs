using System.Globalization;
using Geometry.Reports.Html;
using Geometry.Reports.Tests.Html;
using Geometry.Reports.Tests.Training;
using Microsoft.Playwright;
using Xunit;

namespace Geometry.Reports.Tests.Browser;

public class ReportInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task ThePageWorksFromTopToBottomWithoutErrorsAndWithoutTheNetwork()
    {
        using LabelledFolder folder = LabelledFolder.Of(
            ("poster_n5_m2_s0.npz", "poster.npz"),
            ("uni_n8_m3_s0.npz", ReportPageTests.Hostile)
        );
        MadeCheckpoints.Write(folder["checkpoints/part.npz"], [0, 10, 100, 1000], [0, 100]);
        File.WriteAllText(
            folder["conjecture.csv"],
            "formula,noise_in,sigma,method,trials,recovered,rate,rate_low,rate_high,formula_rate\n"
                + "<b>,ambient,0,gram,10,10,1,1,1,1\n<b>,ambient,0.1,gram,10,4,.4,.2,.6,.3\n<b>,summand,0.1,<i>,10,4,.4,.2,.6,.3\n"
        );
        File.WriteAllText(folder["sweep.yaml"], "name: <i>&amp;</i></script>\n");
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder);
        IPage page = report.Page;
        Assert.Equal(
            0,
            await page.Locator(".plot[data-ready]").CountAsync()
                - await page.Locator("#phase .plot[data-ready], #shares .plot[data-ready]").CountAsync()
        );

        foreach (
            (string section, string figure) in new[]
            {
                ("shares", "=shares"),
                ("dims", "=dims"),
                ("dimensionality", "=dimensionality"),
                ("gallery", "^=run"),
                ("gallery", "^=gram"),
                ("training", "=training"),
                ("recovery", "=recovery"),
            }
        )
            await report.Show(section, figure);
        Assert.All(
            await page.Locator(".plot").EvaluateAllAsync<string[]>("all => all.map(e => e.getAttribute('aria-label') || '')"),
            label => Assert.True(label.Length > 15, label)
        );

        Assert.Equal("<i>&amp;</i></script>", await page.Locator("h1").TextContentAsync());
        Assert.Equal(2, await page.Locator("#training select option").CountAsync());

        // The hostile name is a name in the table, and a name only.
        await page.FillAsync("#search", "<script>alert");
        Assert.Equal(8, await page.Locator("#run-table tbody tr").CountAsync());
        Assert.Equal(ReportPageTests.Hostile, await page.Locator("#run-table tbody tr td").First.TextContentAsync());
        Assert.Equal(0, await page.Locator("img[src=x]").CountAsync());

        Assert.Empty(report.Errors);
        Assert.Empty(report.Requests);
    }

    [BrowserFact]
    public async Task WhereTheLibraryCannotBeUnpackedALineSaysSoAndTheTablesAreThere()
    {
        using LabelledFolder folder = LabelledFolder.Of(("poster_n5_m2_s0.npz", "poster.npz"));
        (_, string path, _) = ReportJob.Run(folder.Path, new ReportOptions());
        IPage page = await chromium.Browser.NewPageAsync();
        await page.AddInitScriptAsync("delete globalThis.DecompressionStream");
        await page.GotoAsync(new Uri(Path.GetFullPath(path)).AbsoluteUri);
        await page.WaitForSelectorAsync("#phase .plot[data-failed]");
        Assert.Equal(1, await page.Locator("#phase .plot svg").CountAsync());
        Assert.Equal(
            "This figure cannot be drawn live by this browser; one of 2023 or later can.",
            await page.Locator("#phase .plot .note").TextContentAsync()
        );
        await page.Locator("#dims").EvaluateAsync("e => e.scrollIntoView({ behavior: 'instant' })");
        await page.WaitForSelectorAsync("#dims .plot[data-failed]");
        Assert.Equal(
            "This figure cannot be drawn by this browser; one of 2023 or later can.",
            await page.Locator("#dims .plot").TextContentAsync()
        );
        Assert.Equal(50, await page.Locator("#run-table tbody tr").CountAsync());
        await page.CloseAsync();
    }

    [BrowserFact]
    public async Task ClickingACellListsItsRunsAndTheTableFollows()
    {
        using LabelledFolder folder = LabelledFolder.Of(("poster_n5_m2_s0.npz", "poster.npz"));
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder);
        IPage page = report.Page;
        ILocator plot = await report.Show("phase", "=phase");
        LocatorBoundingBoxResult area = (await plot.Locator(".nsewdrag").First.BoundingBoxAsync())!;
        float at = area.X + (area.Width * 49.5f / 50);
        await page.Mouse.MoveAsync(at, area.Y + (area.Height / 2));
        await page.WaitForSelectorAsync("#phase .hoverlayer text");
        Assert.Contains("pentagon 100 %", await page.Locator("#phase .hoverlayer").TextContentAsync(), StringComparison.Ordinal);
        await page.Mouse.ClickAsync(at, area.Y + (area.Height / 2));

        await page.WaitForSelectorAsync("#cell h3");
        Assert.Equal("sparsity 0.99: 1 run", await page.Locator("#cell h3").TextContentAsync());
        Assert.Equal(1, await page.Locator("#run-table tbody tr").CountAsync());
        await page.Locator("#cell li button").First.ClickAsync();
        Assert.Equal("pentagon", await page.Locator("#gallery .card.chosen h3").TextContentAsync());
        await page.Locator("#runs .chip button").ClickAsync();
        Assert.Equal(50, await page.Locator("#run-table tbody tr").CountAsync());
        Assert.Empty(report.Errors);
    }

    [BrowserFact]
    public async Task OnPaperEveryFigureIsFlatAndAsWideAsThePaper()
    {
        using LabelledFolder folder = LabelledFolder.Of(("uni_n8_m3_s0.npz", "uni.npz"));
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder, ColorScheme.Dark);
        IPage page = report.Page;
        ILocator hull = await report.Show("gallery", "^=run");
        Assert.Equal(1, await hull.Locator("canvas").CountAsync());
        await page.EvaluateAsync("window.dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(0, await page.Locator("canvas").CountAsync());
        Assert.Equal(await page.Locator("figure").CountAsync(), await page.Locator("figure .main-svg:first-child").CountAsync());
        // A drawing that is wider than its place covers the one beside it.
        Assert.True(
            await page.EvaluateAsync<bool>(
                "[...document.querySelectorAll('.plot')].every(p => p.querySelector('.main-svg').getBoundingClientRect().width <= "
                    + "p.clientWidth + 1 && p.clientWidth <= 700)"
            )
        );
        await page.EvaluateAsync("window.dispatchEvent(new Event('afterprint'))");
        await report.Show("gallery", "^=run");
        await hull.Locator("canvas").First.WaitForAsync();
        Assert.Empty(report.Errors);
    }

    [BrowserFact]
    public async Task TheFirstPictureIsThereBeforePlotlyAndThenGivesWay()
    {
        using LabelledFolder folder = LabelledFolder.Of(("poster_n5_m2_s0.npz", "poster.npz"));
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder);
        Assert.Equal(0, await report.Page.Locator("#first svg").CountAsync());
        Assert.Equal(0, await report.Page.Locator("#phase .plot > svg").CountAsync());
        await using IBrowserContext still = await chromium.Browser.NewContextAsync(
            new BrowserNewContextOptions { JavaScriptEnabled = false }
        );
        IPage plain = await still.NewPageAsync();
        await plain.GotoAsync(report.Page.Url);
        Assert.True(await plain.Locator("#first svg").IsVisibleAsync());
    }

    [BrowserFact]
    public async Task TheTableSortsAndFilters()
    {
        using LabelledFolder folder = LabelledFolder.Of(("poster_n5_m2_s0.npz", "poster.npz"));
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder);
        IPage page = report.Page;
        await page.Locator("#runs select").SelectOptionAsync(new SelectOptionValue { Label = "pentagon" });
        Assert.Equal(17, await page.Locator("#run-table tbody tr").CountAsync());
        ILocator loss = page.Locator("#run-table th", new PageLocatorOptions { HasText = "loss" });
        await loss.Locator("button").ClickAsync();
        Assert.Equal("ascending", await loss.GetAttributeAsync("aria-sort"));
        int column = await loss.EvaluateAsync<int>("th => th.cellIndex");
        string[] cells = await page.Locator("#run-table tbody tr")
            .EvaluateAllAsync<string[]>("(rows, c) => rows.map(r => r.cells[c].textContent)", column);
        double[] values = [.. cells.Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
        Assert.Equal(values.Order(), values);
        await loss.Locator("button").ClickAsync();
        Assert.Equal("descending", await loss.GetAttributeAsync("aria-sort"));
        await page.FillAsync("#search", "no such run");
        Assert.Equal("no run fits", await page.Locator("#runs [role=status]").TextContentAsync());
        Assert.Empty(report.Errors);
    }

    [BrowserFact]
    public async Task AHullTurnsWhenItIsDraggedAndThemesDiffer()
    {
        using LabelledFolder folder = LabelledFolder.Of(("uni_n8_m3_s0.npz", "uni.npz"));
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder, ColorScheme.Dark);
        IPage page = report.Page;
        ILocator plot = await report.Show("gallery", "^=run");
        const string Eye = "e => { const c = e._fullLayout.scene._scene.getCamera().eye; return [c.x, c.y, c.z]; }";
        double[] before = await plot.EvaluateAsync<double[]>(Eye);
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 60, box.Y + (box.Height / 2) + 25, new MouseMoveOptions { Steps = 8 });
        await page.Mouse.UpAsync();
        double[] after = await plot.EvaluateAsync<double[]>(Eye);
        Assert.True(
            before.Zip(after).Sum(p => Math.Abs(p.First - p.Second)) > 0.05,
            $"{string.Join(' ', before)} and {string.Join(' ', after)}"
        );

        const string Back = "() => getComputedStyle(document.body).backgroundColor";
        string dark = await page.EvaluateAsync<string>(Back);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        Assert.NotEqual(dark, await page.EvaluateAsync<string>(Back));
        Assert.Empty(report.Errors);
    }

    /// <summary>The pictures that the README shows; kept where the variable GEOMETRY_SCREENSHOTS names a folder.</summary>
    [BrowserFact]
    public async Task TheScreenshotsShowWhatTheyShould()
    {
        using LabelledFolder poster = LabelledFolder.Of(("poster_n5_m2_s0.npz", "poster_n5_m2_s0.npz"));
        await using OpenReport light = await OpenReport.Of(chromium.Browser, poster);
        await light.Show("phase", "=phase");
        await Keep(light, "#phase", "phase.png");
        await light.Show("gallery", "^=gram");
        await light.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#gallery .cards:nth-of-type(1) ~ .cards .plot')].slice(0, 4).every(p => p.dataset.ready)"
        );
        await Keep(light, "#gallery .cards:not(:empty)", "gallery.png", 420);
        using LabelledFolder solid = LabelledFolder.Of(
            ("uni_n8_m3_s0.npz", "uni_n8_m3_s0.npz"),
            ("uni_n12_m3_s0.npz", "uni_n12_m3_s0.npz"),
            ("n20_m5.npz", "n20_m5.npz")
        );
        await using OpenReport dark = await OpenReport.Of(chromium.Browser, solid, ColorScheme.Dark);
        await dark.Show("dimensionality", "=dimensionality");
        await Keep(dark, "#dimensionality", "dimensionality-dark.png");
        Assert.Empty(light.Errors);
        Assert.Empty(dark.Errors);
    }

    private static async Task Keep(OpenReport report, string selector, string name, float? height = null)
    {
        ILocator part = report.Page.Locator(selector).First;
        await part.EvaluateAsync("e => e.scrollIntoView({ behavior: 'instant' })");
        await report.Page.WaitForTimeoutAsync(400);
        LocatorBoundingBoxResult box = (await part.BoundingBoxAsync())!;
        byte[] png = await report.Page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Clip = new Clip
                {
                    X = box.X - 12,
                    Y = box.Y - 4,
                    Width = box.Width + 24,
                    Height = Math.Min(height ?? 680, box.Height + 12),
                },
            }
        );
        Assert.True(png.Length > 10_000, $"{name}: {png.Length} bytes are no picture of a figure");
        if (Environment.GetEnvironmentVariable("GEOMETRY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            string path = Path.Combine(LabelledFolder.Root(), folder);
            Directory.CreateDirectory(path);
            await File.WriteAllBytesAsync(Path.Combine(path, name), png);
        }
    }
}
