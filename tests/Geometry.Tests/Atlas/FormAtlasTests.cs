using System.Text;
using Geometry.Atlas;
using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Geometry.Synthesis;
using Geometry.Words;
using Xunit;

namespace Geometry.Tests.Atlas;

public class FormAtlasTests
{
    private static readonly OccurrenceRun s_run = new("sweep", "sweep", "a.npz", 0, 12, 4, 0.1, 0, 1, true);

    /// <summary>Two shapes of R⁴ without a name, thirty noisy copies in all.</summary>
    private static readonly IReadOnlyList<FormClass> s_built = AtlasBuilder.Build(
        [
            .. Enumerable
                .Range(0, 30)
                .Select(k => new Occurrence(
                    4,
                    11,
                    Copies.Of(Copies.Random(4, 11, 60 + (k % 2)), 4, 0.004, k),
                    s_run with
                    {
                        Instance = k,
                    }
                )),
        ],
        new AtlasOptions()
    );

    private static FormAtlas Atlas => new([.. s_built.Select(f => f.Form)], "a test");

    [Fact]
    public void RecurringShapesBecomeForms()
    {
        Assert.Equal(["form(4,11)s1", "form(4,11)s1b"], s_built.Select(f => f.Form.Name).Order(StringComparer.Ordinal));
        Assert.All(s_built, f =>
        {
            Assert.Equal(15, f.Members.Count);
            Assert.Equal((15, 1), (f.Form.Origin!.Runs, f.Form.Origin.Sweeps));
            Assert.InRange(f.Form.Origin.LogRecurrence, double.NegativeInfinity, -20);
            Assert.Equal(11, f.Form.Invariants.Dimensionalities.Count);
        });
        Assert.True(
            s_built.Single(f => f.Form.Name == "form(4,11)s1").Form.Invariants.SmallestAngleDegrees
                < s_built.Single(f => f.Form.Name == "form(4,11)s1b").Form.Invariants.SmallestAngleDegrees
        );
    }

    [Fact]
    public void KnownNamesStay()
    {
        // Also where the runs in which it was found showed another group.
        foreach ((string name, int order) in new[] { ("form(4,11)s1", 1), ("form(4,11)s12", 12) })
        {
            var known = new FormAtlas(
                [.. Atlas.Forms.Select(f => f with { Symmetries = order, Name = f.Name == "form(4,11)s1" ? name + "x" : name + "y" })],
                ""
            );
            IReadOnlyList<FormClass> again = AtlasBuilder.Build(
                [.. s_built.SelectMany(f => f.Members.Select(m => m.Occurrence))],
                new AtlasOptions { Known = known }
            );
            Assert.Equal([name + "x", name + "y"], again.Select(f => f.Form.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void OneNameForTwoFormsIsAClash()
    {
        Assert.Null(Atlas.Clash(Atlas));
        Assert.Null(Atlas.Clash(new FormAtlas([Atlas.Forms[0] with { Name = "form(4,11)s1q" }], "")));
        Assert.Equal(Atlas.Forms[0].Name, Atlas.Clash(new FormAtlas([Atlas.Forms[1] with { Name = Atlas.Forms[0].Name }], "")));
    }

    [Fact]
    public void RandomDirectionsAreNoForm()
    {
        Occurrence[] random =
        [
            .. Enumerable
                .Range(0, 60)
                .Select(k => new Occurrence(3, 4 + (k % 5), Copies.Random(3, 4 + (k % 5), k), s_run with { Instance = k })),
        ];
        Assert.Empty(AtlasBuilder.Build(random, new AtlasOptions()));
    }

    [Fact]
    public void ThreadsChangeNothing()
    {
        Occurrence[] all =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(k => new Occurrence(
                    4,
                    10 + (k % 2),
                    Copies.Of(Copies.Random(4, 10 + (k % 2), 70 + (k % 4)), 4, 0.004, k),
                    s_run with
                    {
                        Instance = k,
                    }
                )),
        ];
        string Text(int threads) =>
            AtlasText.Write(new FormAtlas([.. AtlasBuilder.Build(all, new AtlasOptions { Threads = threads }).Select(f => f.Form)], ""));
        Assert.Equal(Text(1), Text(4));
    }

    [Fact]
    public void TheTextReadsBackToTheBit()
    {
        string text = AtlasText.Write(Atlas);
        FormAtlas read = AtlasText.Read(Encoding.UTF8.GetBytes(text), "x");
        Assert.Equal(text, AtlasText.Write(read));
        Assert.Equal(Atlas.Catalogue().FormsFingerprint, read.Catalogue().FormsFingerprint);
    }

    [Fact]
    public void AnglesAreToldWithTheirSpreadOverTheRuns()
    {
        // A square antiprism has four angles (8, 4, 8 and 8 pairs), which its height determines.
        Shape shape = ShapeCatalogue.Default.Find("square-antiprism");
        SymmetricConfiguration symmetric = SymmetricMean.Of(shape.Vertices(), 3, 8, 0.1);
        var angles = new OrbitAngles(symmetric.PairOrbits, 8);
        double low = shape.Parameter!.Low,
            high = shape.Parameter.High;
        double[][] members =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(k =>
                {
                    double[] all = new double[64];
                    PairAngles.Fill(shape.Vertices(low + ((k + 1) / 6.0 * (high - low))), 3, 8, all);
                    return all;
                }),
        ];
        foreach (double[] member in members)
            angles.Add(member);
        IReadOnlyList<OrbitAngle> found = angles.Of();
        Assert.Equal([4, 8, 8, 8], found.Select(a => a.Pairs).Order());
        foreach (OrbitAngle angle in found)
        {
            int pair = Enumerable
                .Range(0, 64)
                .First(p => p / 8 != p % 8 && Math.Abs(double.RadiansToDegrees(members.Average(m => m[p])) - angle.Degrees) < 1e-9);
            double[] own = [.. members.Select(m => double.RadiansToDegrees(m[pair]))];
            Assert.Equal(Math.Sqrt(own.Sum(v => (v - own.Average()) * (v - own.Average())) / 4), angle.SpreadDegrees, 1e-6);
        }
        Form form = Atlas.Forms[0];
        string text = AtlasText.Write(new FormAtlas([form with { Origin = form.Origin! with { Angles = found } }], ""));
        Assert.Equal(found, AtlasText.Read(Encoding.UTF8.GetBytes(text), "x").Forms[0].Origin!.Angles);
    }

    [Theory]
    [InlineData("", "x: line 1: expected an atlas")]
    [InlineData("[]", "expected an atlas, with the key 'geometry-atlas'")]
    [InlineData("{\"geometry-atlas\": 2, \"forms\": []}", "expected version 1, found 2")]
    [InlineData("{\"geometry-atlas\": 1}", "forms: expected a list, found nothing")]
    [InlineData("{\"geometry-atlas\": 1, \"forms\": [1]}", "form 1: expected a form with keys, found number")]
    [InlineData("{\"geometry-atlas\": 1, \"forms\": [{}]}", "form 1: name: expected this key, found nothing")]
    [InlineData("{\"geometry-atlas\": 1, \"forms\": [{\"name\": \"pentagon\"}]}", "name: expected form(d,c)s")]
    [InlineData(
        "{\"geometry-atlas\": 1, \"forms\": [{\"name\": \"form(4,11)s1\", \"dim\": 4, \"directions\": 1000000}]}",
        "directions: expected a whole number from 5 to 256, found 1000000"
    )]
    public void ABrokenTextIsOneLine(string text, string named)
    {
        FormatException e = Assert.Throws<FormatException>(() => AtlasText.Read(Encoding.UTF8.GetBytes(text), "x"));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("1.7e308", "drift_range: expected a number above 0, at most 100, found 1.7e308")]
    [InlineData("0", "drift_range: expected a number above 0, at most 100, found 0")]
    public void ADriftIsFinite(string range, string named)
    {
        Form drifting = FormAtlas.BuiltIn.Forms.First(f => f.Drift is not null);
        string text = AtlasText.Write(new FormAtlas([drifting], "")),
            one = $"\"drift_range\": {NumberText.Of(drifting.Drift!.Range)}";
        Assert.Contains(one, text, StringComparison.Ordinal);
        byte[] broken = Encoding.UTF8.GetBytes(text.Replace(one, $"\"drift_range\": {range}", StringComparison.Ordinal));
        Assert.Contains(named, Assert.Throws<FormatException>(() => AtlasText.Read(broken, "x")).Message, StringComparison.Ordinal);
        Form vanishing = drifting with { Centre = new double[drifting.Centre.Length] };
        byte[] nothing = Encoding.UTF8.GetBytes(AtlasText.Write(new FormAtlas([vanishing], "")));
        Assert.Contains(
            "rows that drift without vanishing",
            Assert.Throws<FormatException>(() => AtlasText.Read(nothing, "x")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void EveryMutationOfATextIsReadOrRefused()
    {
        byte[] text = Encoding.UTF8.GetBytes(AtlasText.Write(Atlas));
        var random = new GaussianSource(11);
        for (int k = 0; k < 2000; k++)
        {
            byte[] mutated = [.. text];
            for (int edit = 0; edit <= k % 3; edit++)
                mutated[random.Below(mutated.Length)] = (byte)random.Below(256);
            if (k % 7 == 0)
                mutated = mutated[..random.Below(mutated.Length)];
            try
            {
                // The forms that were read can be used: their shapes are made.
                _ = AtlasText.Read(mutated, "x").Catalogue();
            }
            catch (FormatException) { }
        }
    }

    [Fact]
    public void LabellingKnowsTheFormsAndNothingElseChanges()
    {
        var with = new LabelOptions { Catalogue = Atlas.Catalogue() };
        var without = new LabelOptions { Catalogue = ShapeCatalogue.Default };
        for (int k = 0; k < 20; k++)
        {
            double[] x = Copies.Of(Copies.Random(4, 11, 60 + (k % 2)), 4, 0.01, 900 + k);
            var w = new FeatureConfiguration(4, 11, x);
            Assert.Equal("irregular(4,11)", LabelPipeline.Label(w, without).Formula);
            RunLabel label = LabelPipeline.Label(w, with);
            Assert.StartsWith("form(4,11)s1", label.Formula, StringComparison.Ordinal);
            Assert.Equal(label.Formula, label.Label);
            Assert.InRange(label.MaxResidualDegrees, 0, 2.5);
            var other = new FeatureConfiguration(4, 11, Copies.Random(4, 11, 500 + k));
            Assert.Equal(LabelPipeline.Label(other, without).Formula, LabelPipeline.Label(other, with).Formula);
        }
        foreach (
            string formula in (string[])
                [
                    "pentagon + 2 antipode",
                    "square-antiprism",
                    "code(4,9) + triangle",
                    "rectified-5-cell + tetrahedron",
                    "icosahedron + dedicated",
                ]
        )
        {
            FeatureConfiguration sum = SyntheticSum
                .Make(SyntheticParts.Of(FormulaParser.Parse(formula)), new SyntheticOptions { Sigma = 0.02, Seed = 3 })
                .Configuration;
            Assert.Equal(LabelPipeline.Label(sum, without).Formula, LabelPipeline.Label(sum, with).Formula);
        }
    }

    [Fact]
    public void FormsAreFormulas()
    {
        ShapeCatalogue catalogue = Atlas.Catalogue();
        Formula formula = FormulaParser.Parse("triangle + 2 form(4,11)s1b", catalogue);
        Assert.Equal("2 form(4,11)s1b + triangle", formula.ToString());
        FeatureConfiguration sum = SyntheticSum
            .Make(SyntheticParts.Of(formula, catalogue), new SyntheticOptions { Sigma = 0.01, Seed = 4 })
            .Configuration;
        Assert.Equal(formula.ToString(), LabelPipeline.Label(sum, new LabelOptions { Catalogue = catalogue }).Formula);
        FormatException e = Assert.Throws<FormatException>(() => FormulaParser.Parse("form(4,11)s1c", catalogue));
        Assert.Contains("form(4,11)s1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LettersGoOn()
    {
        HashSet<string> taken = [];
        for (int k = 0; k < 60; k++)
            taken.Add(FormNames.Next("form(3,9)s2", taken));
        Assert.Equal(60, taken.Count);
        Assert.Contains("form(3,9)s2", taken);
        Assert.Contains("form(3,9)s2b", taken);
        Assert.Contains("form(3,9)s2z", taken);
        Assert.Contains("form(3,9)s2aa", taken);
        Assert.Contains("form(3,9)s2bh", taken);
    }
}
