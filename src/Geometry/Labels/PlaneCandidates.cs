using Geometry.Decisions;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>Which features can lie in a plane of dimension ≤ K that splits the span orthogonally; only their subsets need to vote.</summary>
/// <remarks>
/// Let S be the features of such a plane P: ‖(1−P)x_i‖ ≤ ε for i in S, ‖Px_j‖ ≤ ε and |x_i·x_j| ≤ t = <see cref="DecisionConstants.LargestCosine"/> for j outside. Then
/// also |x_i·x_j| ≤ ‖Px_j‖ + ‖(1−P)x_i‖ ≤ 2ε, so S is a union of connected components of the graph of pairs with |cos| > min(t, 2ε). A component
/// C ⊆ S has at most |C|ε² of its squares outside P, so λ_{K+1}(C) + λ_{K+2}(C) + … ≤ |C|ε². Features of components that break this are
/// left out, and the planes found among the others are exactly those that would be found among all. That is exact for planes that split off
/// orthogonally, which are the summands sought here; planes that others cross, or that meet the rest at an angle, are not found this way
/// (<see cref="Grassmannian.HoughTransform"/> on all features finds them). O(n² + n·min(n,m)²).
/// </remarks>
internal static class PlaneCandidates
{
    /// <summary>The components that may lie in a plane of dimension ≤ K, each ascending, in order of their first feature.</summary>
    /// <param name="columns">The learned columns.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="k">K.</param>
    /// <param name="components">Number of components of the graph, kept or not.</param>
    public static List<int[]> Find(LearnedColumns columns, double epsilon, int k, out int components)
    {
        int n = columns.Count;
        var kept = new List<int[]>();
        bool[] reached = new bool[n];
        var component = new List<int>(n);
        components = 0;
        double edge = LargestCosineApart(epsilon);
        for (int start = 0; start < n; start++)
        {
            if (reached[start]) continue;
            components++;
            component.Clear();
            component.Add(start);
            reached[start] = true;
            for (int next = 0; next < component.Count; next++)
            {
                int i = component[next];
                for (int j = 0; j < n; j++)
                {
                    if (reached[j] || Math.Abs(columns.Gram[i * n + j]) <= edge) continue;
                    reached[j] = true;
                    component.Add(j);
                }
            }
            component.Sort();
            int[] features = [.. component];
            if (FitsPlane(columns, features, epsilon, k)) kept.Add(features);
        }
        return kept;
    }

    /// <summary>Whether no k-plane holds more than k features that are components of their own.</summary>
    /// <remarks>
    /// Of k+1 unit vectors with |cos| ≤ e the Gram matrix has λ_min ≥ 1 − ke (Gershgorin), and at least λ_min of their squares lies outside any k-plane,
    /// where they may have (k+1)ε². False is no claim.
    /// </remarks>
    public static bool SinglesShareNoPlane(double epsilon, int k) => 1 - (k * LargestCosineApart(epsilon)) > ((k + 1) * epsilon * epsilon) + 1e-9;

    private static double LargestCosineApart(double epsilon) => Math.Min(DecisionConstants.Default.LargestCosine, 2 * epsilon);

    /// <summary>Whether all features of the component can be within ε of one k-plane.</summary>
    public static bool FitsPlane(LearnedColumns columns, int[] component, double epsilon, int k)
    {
        if (component.Length <= k) return true;
        PrincipalAxes axes = PrincipalAxes.Of(columns.Unit, columns.Hidden, component);
        double outside = 0;
        for (int a = k; a < axes.Count; a++) outside += axes.Value(a);
        return outside <= component.Length * epsilon * epsilon + 1e-9;
    }
}
