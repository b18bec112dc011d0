using Geometry.Conjecture;
using Geometry.Formulas;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Conjecture;

public sealed class ConjectureExperimentTests
{
    private static readonly ConjectureSpec s_small = new()
    {
        Formulas = [FormulaParser.Parse("pentagon + triangle"), FormulaParser.Parse("2 antipode")],
        Sigmas = [0, 0.08],
        Trials = 6,
        Seed = 5,
    };

    [Fact]
    public void The_default_is_the_literatures_two_experiments()
    {
        var spec = new ConjectureSpec();
        Assert.Equal(21, spec.Formulas.Count);
        Assert.Equal("4 antipode", spec.Formulas.Single(f => f.Count == 8 && f.Terms.All(t => t.Shape == "antipode")).ToString());
        Assert.All(spec.Formulas, f => Assert.Equal(4, f.Dim));
        Assert.Equal((0, 0.2), (spec.Sigmas[0], spec.Sigmas[^1]));
        // ± 2 percentage points at the worst rate for each noise and σ, over all formulas.
        WilsonInterval worst = WilsonInterval.Of(spec.Formulas.Count * spec.Trials / 2, spec.Formulas.Count * spec.Trials);
        Assert.True(worst.High - worst.Low <= 0.04);
    }

    /// <summary>At σ = 0.1 cosines between the summands reach 0.5, so no fixed threshold separates the summands.</summary>
    [Fact]
    public void Sums_are_recovered_where_noise_exceeds_any_fixed_bound_on_cosines()
    {
        Formula[] formulas = [FormulaParser.Parse("pentagon + hexagon"), FormulaParser.Parse("2 octagon")];
        var spec = new ConjectureSpec
        {
            Formulas = formulas,
            NoiseIn = [NoiseIn.Ambient],
            Sigmas = [0.1],
            Methods = [new PipelineMethod()],
            Trials = 40,
            Seed = 8,
        };
        Assert.All(ConjectureExperiment.Run(spec, 2), r => Assert.InRange(r.Rate, 0.9, 1));
    }

    [Fact]
    public void Rows_do_not_depend_on_threads_nor_on_the_company_of_methods()
    {
        IReadOnlyList<ConjectureRow> one = ConjectureExperiment.Run(s_small, 1),
            many = ConjectureExperiment.Run(s_small, 7);
        Assert.Equal(one, many);
        Assert.Equal(
            one.Where(r => r.Method == "pipeline"),
            ConjectureExperiment.Run(s_small with { Methods = [new PipelineMethod()] }, 2)
        );
        Assert.NotEqual(one, ConjectureExperiment.Run(s_small with { Seed = 6 }, 2));
    }

    [Fact]
    public void Rows_come_formula_by_formula_then_noise_sigma_method()
    {
        IReadOnlyList<ConjectureRow> rows = ConjectureExperiment.Run(s_small with { Trials = 1 }, 2);
        Assert.Equal(2 * 2 * 2 * 5, rows.Count);
        Assert.Equal(
            ("pentagon + triangle", NoiseIn.Summand, 0.0, "echelon"),
            (rows[0].Formula, rows[0].NoiseIn, rows[0].Sigma, rows[0].Method)
        );
        Assert.Equal(
            ("pentagon + triangle", NoiseIn.Summand, 0.08, "echelon"),
            (rows[5].Formula, rows[5].NoiseIn, rows[5].Sigma, rows[5].Method)
        );
        Assert.Equal(
            ("2 antipode", NoiseIn.Ambient, 0.08, "spheres"),
            (rows[^1].Formula, rows[^1].NoiseIn, rows[^1].Sigma, rows[^1].Method)
        );
        Assert.All(rows, r => Assert.True(r.FormulaRecovered <= r.Recovered && r.Recovered <= r.Trials));
    }

    [Fact]
    public void An_experiment_goes_on_from_any_of_its_tallies()
    {
        ConjectureSpec spec = s_small with { Trials = 40, Methods = [new GramMethod(), new OrthonormalMethod()] };
        var tallies = new List<ConjectureTally>();
        IReadOnlyList<ConjectureRow> rows = ConjectureExperiment.Run(spec, 1, counted: t =>
            tallies.Add(new ConjectureTally(t.Done, [.. t.Recovered], [.. t.FormulaRecovered]))
        );
        Assert.Equal((ConjectureExperiment.Configurations(spec), 320L), (tallies[^1].Done, tallies[^1].Done));
        Assert.InRange(tallies.Count, 2, 320);
        Assert.All(tallies, t => Assert.Equal(rows, ConjectureExperiment.Run(spec, 3, start: t)));
        Assert.Throws<ArgumentException>(() => ConjectureExperiment.Run(s_small, 1, start: tallies[0]));
    }

    [Fact]
    public void What_cannot_be_made_is_refused_before_anything_runs()
    {
        Assert.Throws<ArgumentException>(() => ConjectureExperiment.Run(s_small with { Hidden = 3 }, 1));
        Assert.Throws<ArgumentException>(() => ConjectureExperiment.Run(s_small with { Trials = 0 }, 1));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ConjectureExperiment.Run(s_small, 1, cancellation: cancelled.Token));
    }
}
