using Geometry.Configurations;
using Geometry.Labels;
namespace Geometry.Recovery;
internal static class RouteMisses
{
    public static void Print(string kind, double sigma, int trials, int seed)
    {
        foreach (var family in RouteCases.All.Where(f => f.Name.Contains(kind)))
        {
            Console.WriteLine(family.Name);
            for (int t = 0; t < trials; t++)
            {
                RouteCase made = family.Make(sigma, seed, t);
                RunLabel label = LabelPipeline.Label(made.Configuration, new LabelOptions { Route = SummandRoute.Planes });
                if (label.Formula == made.Formula) continue;
                var w = made.Configuration;
                PlaneSum sum = PlaneRoute.Find(LearnedColumns.Of(w, FeatureStatistics.Of(w).Learned(0.5)), new LabelOptions());
                Console.WriteLine($"{t} m={w.Hidden} n={w.Features} truth {made.Formula} | found {label.Formula} σ̂ {label.NoiseScale:F3} | " + string.Join("; ", sum.Planes.Select(p => $"({p.Dim},{p.Features.Length}) σ {p.Noise:F3} ε {p.Tolerance:F2}")) + $" tol {sum.Tolerance:F3} {sum.Route}");
            }
        }
    }
}
