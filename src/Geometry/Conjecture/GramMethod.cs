using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Conjecture;

/// <summary>
/// The feature-geometry graph with a fixed threshold: features with |cos| &gt; 0.25 are joined, and summands are the connected components.
/// </summary>
/// <remarks>
/// The dimension of a component is the number of eigenvalues of its scatter matrix above a tenth of the largest. Simplices of dimension 4
/// and more have |cos| = 1/k ≤ 0.25 and are split. Noise of σ per coordinate changes cosines by σ√2, so some of the hundred pairs between
/// two octagons reach 0.25 at σ ≈ 0.07. Source of the graph: Elhage et al. 2022, arXiv 2209.10652, "feature geometry". O(n²).
/// </remarks>
public sealed class GramMethod : IRecoveryMethod
{
    /// <summary>Features with a larger |cos| are joined.</summary>
    public const double Threshold = 0.25;

    private const double EigenvalueShare = 0.1;

    /// <inheritdoc/>
    public string Name => "gram";

    /// <inheritdoc/>
    public RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim)
    {
        var learned = LearnedSummands.Of(configuration);
        int n = learned.Columns.Count,
            m = learned.Columns.Hidden;
        bool[] reached = new bool[n];
        var components = new List<(int Dim, int[] Features)>();
        for (int start = 0; start < n; start++)
        {
            if (reached[start])
                continue;
            reached[start] = true;
            var component = new List<int> { start };
            for (int next = 0; next < component.Count; next++)
            {
                for (int j = 0; j < n; j++)
                {
                    if (reached[j] || Math.Abs(learned.Columns.Gram[component[next] * n + j]) <= Threshold)
                        continue;
                    reached[j] = true;
                    component.Add(j);
                }
            }
            component.Sort();
            PrincipalAxes axes = PrincipalAxes.Of(learned.Columns.Unit, m, [.. component]);
            int dim = 1;
            while (dim < axes.Count && axes.Value(dim) > EigenvalueShare * axes.Value(0))
                dim++;
            components.Add((dim, [.. component]));
        }
        learned.Take(components);
        return learned.ToSum();
    }
}
