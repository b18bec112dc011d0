using System.Text;
using Geometry.Atlas;
using Microsoft.Playwright;
using Xunit;

namespace Geometry.Reports.Tests.Browser;

public class FormsInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task AnAtlasIsACardAFormWithFiguresFactsAndRuns()
    {
        using var folder = new LabelledFolder();
        string name = FormAtlas.BuiltIn.Forms[2].Name;
        File.WriteAllText(folder["atlas.yaml"], AtlasText.Write(FormAtlas.BuiltIn), new UTF8Encoding(false));
        Directory.CreateDirectory(folder["swept & done"]);
        File.WriteAllText(Path.Combine(folder["swept & done"], "report.html"), "");
        File.WriteAllText(
            folder["members.csv"],
            "form,sweep,source,instance,n,m,density,residual_deg,drift,folder\n"
                + $"\"{name}\",<b>,a.npz,3,15,4,0.1,0.4,,swept & done\n\"{name}\",<b>,a.npz,4,16,4,0.03,0.2,0.5,elsewhere\n"
        );
        await using OpenReport report = await OpenReport.Of(chromium.Browser, folder, first: ".card.form", inSpace: false);
        IPage page = report.Page;
        Assert.Equal(6, await page.Locator(".card.form").CountAsync());
        ILocator first = page.Locator(".card.form").First;
        // The one form that runs are known of comes first, nearest run first; only a report that is there is a link.
        Assert.Equal(name, await first.Locator("h3").TextContentAsync());
        Assert.Contains("2 runs", await first.Locator("header").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(
            ["<b>: a.npz, instance 4 0.2°", "<b>: a.npz, instance 3 0.4°"],
            await first.Locator("ul.runs li").AllTextContentsAsync()
        );
        Assert.Equal(
            "swept%20%26%20done/report.html#run=a.npz%2C3",
            Assert.Single(await first.Locator("ul.runs a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"))
        );
        foreach (string fact in (string[])["symmetries", "freedom", "smallest angle", "sparse limit", "found in"])
            Assert.Equal(1, await first.Locator($"dt:text-is('{fact}')").CountAsync());
        await report.Show("forms", "=form0");
        await report.Show("forms", "=angles0");
        await report.Show("forms", "=places0");
        await page.Locator("#forms > .controls button").ClickAsync();
        Assert.Equal(12, await page.Locator(".card.form").CountAsync());
        Assert.Equal(0, await page.Locator("#runs, #phase").CountAsync());
        Assert.Empty(report.Errors);
        Assert.Empty(report.Requests);
    }
}
