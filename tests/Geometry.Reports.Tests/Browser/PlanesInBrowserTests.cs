using System.Globalization;
using Geometry.Storage.Dictionaries;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Microsoft.Playwright;
using Xunit;

namespace Geometry.Reports.Tests.Browser;

public class PlanesInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task APlaneIsACardAndTheMapShowsWhatIsShared()
    {
        using var folder = new LabelledFolder();
        Search(folder);
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder, first: ".card.plane", inSpace: false);
        IPage page = report.Page;
        Assert.Equal(2, await page.Locator(".card.plane").CountAsync());
        await report.Show("planes", "=planeMap");
        await report.Show("planes", "=plane0");
        Assert.Contains(
            "share 1",
            await page.Locator("[data-figure=planeMap] .plot").GetAttributeAsync("aria-label") ?? "",
            StringComparison.Ordinal
        );
        Assert.Contains("<b>0</b>", await page.Locator(".card.plane td").AllTextContentsAsync());
        // The card of a feature by its name, and all again.
        ILocator with = page.Locator("#planes input[type=search]");
        await with.FillAsync("<b>8</b>");
        Assert.Equal(1, await page.Locator(".card.plane").CountAsync());
        await with.FillAsync("0");
        Assert.Equal(2, await page.Locator(".card.plane").CountAsync());
        await with.FillAsync("nothing");
        Assert.Equal(0, await page.Locator(".card.plane").CountAsync());
        Assert.Equal(0, await page.Locator("#runs, #phase").CountAsync());
        Assert.Empty(report.Errors);
        Assert.Empty(report.Requests);
    }

    /// <summary>Two planes of five features with feature 0 in both, among features of their own.</summary>
    private static void Search(LabelledFolder folder)
    {
        const int dim = 40,
            features = 45;
        var random = new Random(1);
        File.WriteAllLines(
            folder["d.csv"],
            Enumerable
                .Range(0, features)
                .Select(i =>
                {
                    double[] x = new double[dim];
                    double angle = 2 * Math.PI * (i < 5 ? i : i - 4) / 5;
                    if (i >= 9)
                        x[i < dim ? i : i - dim + 9] = 1;
                    else
                        (x[0], x[i < 5 ? 1 : 2]) = (Math.Cos(angle), Math.Sin(angle));
                    return string.Join(
                        ',',
                        x.Select(v => (v + (0.01 * (random.NextDouble() - 0.5))).ToString(CultureInfo.InvariantCulture))
                    );
                })
        );
        File.WriteAllLines(folder["names.txt"], Enumerable.Range(0, features).Select(i => $"<b>{i}</b>"));
        using OutputFolder output = OutputFolder.Open(folder.Path);
        IReadOnlyList<PlaneRow> planes = PlanesJob.Run(
            InputDiscovery.Expand([folder["d.csv"]]),
            output,
            new PlanesJobOptions { Names = FeatureNames.Read(folder["names.txt"]), Failed = f => Assert.Fail(f.Message) },
            CancellationToken.None
        );
        Assert.Equal(
            ["0 1 2 3 4", "0 5 6 7 8"],
            planes.Where(p => p.Plane.Dim == 2).Select(p => string.Join(' ', p.Plane.Features)).Order()
        );
    }
}
