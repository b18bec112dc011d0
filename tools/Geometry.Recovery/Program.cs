using System.Globalization;
using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.Summands;

double sigma = double.Parse(args[0], CultureInfo.InvariantCulture);
int m = int.Parse(args[1], CultureInfo.InvariantCulture), trials = int.Parse(args[2], CultureInfo.InvariantCulture);
NoiseIn where = args[3] == "summand" ? NoiseIn.Summand : NoiseIn.Ambient;
var zoo = new List<(string Name, SyntheticPart Part)>
{
    ("dedicated", new SyntheticPart(1, [1])), ("antipode", new SyntheticPart(1, [1, -1])),
};
for (int p = 3; p <= 12; p++) if (p != 4) zoo.Add(($"{p}-gon", Polygon(p)));
for (int k = 3; k <= 8; k++) zoo.Add(($"simplex-{k}", Simplex(k)));
int ok = 0;
var failures = new Dictionary<string, int>();
var clock = System.Diagnostics.Stopwatch.StartNew();
for (int t = 0; t < trials; t++)
{
    var random = new GaussianSource(99, t);
    var parts = new List<(string Name, SyntheticPart Part)>();
    int dims = 0, target = 1 + random.Below(m);
    while (dims < target)
    {
        var pick = zoo[random.Below(zoo.Count)];
        if (dims + pick.Part.Dim > m) { if (random.Below(4) == 0) break; continue; }
        parts.Add(pick);
        dims += pick.Part.Dim;
    }
    if (parts.Count == 0) { ok++; continue; }
    int count = parts.Sum(p => p.Part.Count);
    var made = SyntheticSum.Make(parts.ConvertAll(p => p.Part), new SyntheticOptions { Sigma = sigma, NoiseIn = where, Hidden = m, NormSpread = 0.15, Seed = 5 }, t);
    double[] x = new double[count * m], gram = new double[count * count];
    for (int i = 0; i < count; i++) TensorPrimitives.Divide(made.Configuration.Column(i), TensorPrimitives.Norm(made.Configuration.Column(i)), x.AsSpan(i * m, m));
    for (int i = 0; i < count; i++) for (int j = 0; j < count; j++) gram[i * count + j] = TensorPrimitives.Dot<double>(x.AsSpan(i * m, m), x.AsSpan(j * m, m));
    var found = DirectSum.Find(x, m, count, gram, block => ShapeEvidence(block, x, m));
    var want = string.Join("|", Enumerable.Range(0, parts.Count).Select(p => string.Join(",", Enumerable.Range(0, count).Where(i => made.Summand[i] == p))).Order(StringComparer.Ordinal));
    var got = string.Join("|", found.Blocks.Select(b => string.Join(",", b.Features)).Order(StringComparer.Ordinal));
    if (want == got && found.Rank == dims) ok++;
    else if (failures.Count < 12) Console.WriteLine($"{t}: {string.Join(" + ", parts.Select(p => p.Name))} (dims {dims}): noise {found.Noise:F3} rank {found.Rank} evidence {found.Evidence:F1} blocks {string.Join(" ", found.Blocks.Select(b => $"({b.Dim},{b.Features.Length})"))}");
    if (want != got || found.Rank != dims) failures[string.Join(" + ", parts.Select(p => p.Name))] = 1;
}
Console.WriteLine($"sigma {sigma} m {m} {where}: {ok}/{trials} = {100.0 * ok / trials:F2} %  {clock.Elapsed.TotalSeconds:F1} s");

double ShapeEvidence(Block block, double[] x, int m)
{
    int d = block.Dim, c = block.Features.Length;
    double best = 0;
    foreach (var (_, part) in zoo)
    {
        if (part.Dim != d || part.Count != c || d == 1) continue;
        double[] y = new double[c * d];
        for (int i = 0; i < c; i++)
        {
            for (int k = 0; k < d; k++) y[i * d + k] = TensorPrimitives.Dot(block.Axes.Axis(k), x.AsSpan(block.Features[i] * m, m));
            TensorPrimitives.Divide(y.AsSpan(i * d, d), TensorPrimitives.Norm<double>(y.AsSpan(i * d, d)), y.AsSpan(i * d, d));
        }
        double[] a = Angles(y, c, d), b = Angles(part.Vectors, c, d);
        double r = TensorPrimitives.Distance<double>(a, b) / Math.Sqrt(a.Length);
        double q = c * (d - 1) - d * (d - 1) / 2.0;
        if (r < 0.17) best = Math.Max(best, q * (Math.Log(0.7 / Math.Max(r, 0.01)) - 0.5));
    }
    return best;
}

static double[] Angles(double[] v, int c, int d) => [.. Enumerable.Range(0, c).SelectMany(i => Enumerable.Range(0, i).Select(j => Math.Acos(Math.Clamp(TensorPrimitives.Dot<double>(v.AsSpan(i * d, d), v.AsSpan(j * d, d)), -1, 1)))).Order()];

static SyntheticPart Polygon(int p) => new(2, [.. Enumerable.Range(0, p).SelectMany(i => new[] { Math.Cos(2 * Math.PI * i / p), Math.Sin(2 * Math.PI * i / p) })]);

static SyntheticPart Simplex(int k)
{
    // Cholesky factor of the Gram matrix 1 on the diagonal, −1/k off it.
    double[] v = new double[(k + 1) * k];
    for (int i = 0; i <= k; i++)
    {
        for (int j = 0; j <= Math.Min(i, k - 1); j++)
        {
            double dot = 0;
            for (int l = 0; l < j; l++) dot += v[i * k + l] * v[j * k + l];
            v[i * k + j] = i == j ? Math.Sqrt(Math.Max(0, 1 - dot)) : (-1.0 / k - dot) / v[j * k + j];
        }
    }
    return new SyntheticPart(k, v);
}
