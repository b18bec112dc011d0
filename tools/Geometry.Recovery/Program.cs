using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Storage.Sweeps;

if (args[0] == "files")
{
    foreach (string file in args.Skip(1))
    {
        using var sweep = SweepFile.Open(file, new SweepFileOptions { Weights = Environment.GetEnvironmentVariable("W") });
        for (int i = 0; i < sweep.Instances; i++)
        {
            RunLabel l = LabelPipeline.Label(sweep.ReadConfiguration(i), new LabelOptions());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)} {i,3} S={sweep.Parameter("sparsity", i):F3} learned {l.Learned.Count,3} rank {l.Rank,2} {l.Label,-18} {l.Formula,-40} res {l.MaxResidualDegrees:F2} defect {l.OrthogonalityDefect:F3} noise {l.NoiseScale:F3} {(l.Agreement.Agree ? "" : l.Agreement.Note)}"));
        }
    }
    return;
}
if (args[0] == "random")
{
    foreach ((int n, int m) in new[] { (3, 2), (5, 2), (8, 3), (14, 6), (40, 12) })
    {
        int named = 0, trials = 4000;
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Parallel.For(0, trials, t =>
        {
            var random = new GaussianSource(17, t);
            double[] columns = new double[n * m];
            random.Normal(columns);
            for (int i = 0; i < n; i++) { double norm = Math.Sqrt(columns.AsSpan(i * m, m).ToArray().Sum(v => v * v)); for (int k = 0; k < m; k++) columns[i * m + k] /= norm; }
            RunLabel l = LabelPipeline.Label(new FeatureConfiguration(m, n, columns), new LabelOptions());
            if (l.Summands.Any(s => s.Count >= 3 && s.Match.IsNamed)) Interlocked.Increment(ref named);
            lock (seen) seen[l.Formula] = seen.GetValueOrDefault(l.Formula) + 1;
        });
        Console.WriteLine($"{n} in R^{m}: {100.0 * named / trials:F2} % named; " + string.Join("; ", seen.OrderByDescending(p => p.Value).Take(6).Select(p => $"{p.Key} {p.Value}")));
    }
    return;
}
double sigma = double.Parse(args[0], CultureInfo.InvariantCulture);
int hidden = int.Parse(args[1], CultureInfo.InvariantCulture), runs = int.Parse(args[2], CultureInfo.InvariantCulture);
NoiseIn where = args[3] == "summand" ? NoiseIn.Summand : NoiseIn.Ambient;
int most = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 130;
Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= hidden && s.Count <= most)];
int ok = 0, shown = 0, disagree = 0;
var clock = System.Diagnostics.Stopwatch.StartNew();
Parallel.For(0, runs, t =>
{
    var random = new GaussianSource(99, t);
    var parts = new List<Shape>();
    int dims = 0, target = 1 + random.Below(hidden);
    while (dims < target)
    {
        Shape pick = zoo[random.Below(zoo.Length)];
        if (dims + pick.Dim > hidden) { if (random.Below(4) == 0) break; continue; }
        parts.Add(pick);
        dims += pick.Dim;
    }
    if (parts.Count == 0) { Interlocked.Increment(ref ok); return; }
    string want = Formula.Of(parts.Select(p => new FormulaTerm(1, p.Name, p.Dim, p.Count))).ToString();
    var made = SyntheticSum.Make(parts.ConvertAll(p => new SyntheticPart(p.Dim, p.Vertices())), new SyntheticOptions { Sigma = sigma, NoiseIn = where, Hidden = hidden, Features = parts.Sum(p => p.Count) + random.Below(4), NormSpread = 0.15, Seed = 5 }, t);
    RunLabel got = LabelPipeline.Label(made.Configuration, new LabelOptions());
    if (!got.Agreement.Agree) { Interlocked.Increment(ref disagree); }
    if (want == got.Formula) Interlocked.Increment(ref ok);
    else lock (zoo) if (shown++ < 10) Console.WriteLine($"{t}: {want} -> {got.Formula} rank {got.Rank}/{dims} noise {got.NoiseScale:F3} res {got.MaxResidualDegrees:F2} {got.Agreement.Note}");
});
Console.WriteLine($"sigma {sigma} m {hidden} {where}: {ok}/{runs} = {100.0 * ok / runs:F2} %, {disagree} disagreements, {clock.Elapsed.TotalSeconds:F1} s");
