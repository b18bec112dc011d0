using Geometry.Clustering;
using Geometry.Decisions;
using Geometry.LinearAlgebra;

namespace Geometry.Labels;

/// <summary>
/// Finds the features that can lie in a plane of dimension ≤ K which splits the span orthogonally; only their subsets need to vote.
/// </summary>
/// <remarks>
/// Let S be the features of such a plane P: ‖(1−P)x_i‖ ≤ ε for i in S, and ‖Px_j‖ ≤ ε and |x_i·x_j| ≤ t =
/// <see cref="DecisionConstants.LargestCosine"/> for j outside S. Then |x_i·x_j| ≤ ‖Px_j‖ + ‖(1−P)x_i‖ ≤ 2ε as well, so S is a union of
/// connected components of the graph of pairs with |cos| > min(t, 2ε). A component C ⊆ S has at most |C|ε² of its squared length outside P,
/// so λ_{K+1}(C) + λ_{K+2}(C) + … ≤ |C|ε². Features of components that violate this are left out, and the planes found among the other
/// features are exactly those that would be found among all. This holds for planes that split off orthogonally, which are the summands that
/// are looked for here; planes that cross others, or meet the rest at an angle, are not found this way
/// (<see cref="Grassmannian.HoughTransform"/> on all features finds them). Components become finer as ε grows, up to ε = t/2; components
/// that do not change keep their principal axes. O(n²) per tolerance, and O(min(c,m)²·max(c,m)) once for each component of c features whose
/// fit is asked for.
/// </remarks>
internal sealed class PlaneCandidates(LearnedColumns columns, DecisionConstants constants)
{
    /// <summary>Allowance for rounding in comparisons of squared lengths of unit columns, so that exact ties stay candidates.</summary>
    internal const double Rounding = 1e-9;

    private static readonly double s_leastSquare = Elementary.Pow(new Grassmannian.HoughOptions().MinSingularValue, 2);

    private readonly bool[] _reached = new bool[columns.Count];
    private readonly int[] _component = new int[columns.Count];
    private double _edge = double.NaN;
    private List<Component>? _finest;

    /// <summary>The components at the tolerance of the last call of <see cref="At"/>, in order of their first feature.</summary>
    public List<Component> Components { get; private set; } = [];

    /// <summary>The largest |cos| of two features without an edge between them.</summary>
    public double LargestCosine { get; private set; }

    /// <summary>Whether the components are those of the graph of pairs with |cos| > t, which no larger ε divides further.</summary>
    public bool IsFinal => _finest is not null && Components.Count == _finest.Count;

    /// <summary>The |cos| above which an edge of the graph connects two features.</summary>
    public static double Edge(double epsilon, DecisionConstants constants) => Math.Min(constants.LargestCosine, 2 * epsilon);

    /// <summary>Finds the components at a tolerance ε, which must grow from call to call.</summary>
    public void At(double epsilon)
    {
        double edge = Edge(epsilon, constants);
        if (_finest is null && (_finest = Find(constants.LargestCosine)).Count == 1)
            Components = _finest;
        if (IsFinal || edge == _edge || (_edge < edge && !AnyCosine(_edge, edge)))
            return;
        _edge = edge;
        List<Component> before = Components;
        Components = Find(edge);
        // Edges are only removed, so that a component with the first feature and the size of an earlier one is the same component.
        for (int c = 0, b = 0; c < Components.Count && b < before.Count; c++)
        {
            while (b < before.Count && before[b].Features[0] < Components[c].Features[0])
                b++;
            if (
                b < before.Count
                && before[b].Features[0] == Components[c].Features[0]
                && before[b].Features.Length == Components[c].Features.Length
            )
                Components[c] = before[b];
        }
    }

    /// <summary>
    /// The groups of two or more components that one k-plane may hold together, as ascending features. Components that do not fit into a
    /// plane together need no common vote.
    /// </summary>
    /// <remarks>
    /// Features within ε of a plane leave at most ε² outside each, and so do any two components among them. The groups are the connected
    /// components of the graph whose edges are the pairs of components that fit together.
    /// </remarks>
    public List<int[]> Groups(List<Component> components, int k, double epsilon)
    {
        int[] parent = new int[components.Count];
        UnionFind.Reset(parent);
        for (int c = 0; c < parent.Length; c++)
        {
            for (int b = 0; b < c; b++)
            {
                if (UnionFind.Root(parent, b) != UnionFind.Root(parent, c) && FitTogether(components[b], components[c], k, epsilon))
                    UnionFind.Union(parent, b, c);
            }
        }
        var groups = new List<int[]>();
        foreach (IGrouping<int, int> members in Enumerable.Range(0, parent.Length).GroupBy(c => UnionFind.Root(parent, c)))
        {
            int[] features = [.. members.SelectMany(c => components[c].Features)];
            if (features.Length == components[members.First()].Features.Length)
                continue;
            Array.Sort(features);
            groups.Add(features);
        }
        return groups;
    }

    private bool FitTogether(Component a, Component b, int k, double epsilon)
    {
        int count = a.Features.Length + b.Features.Length;
        if (count <= k)
            return true;
        // A k-plane for both leaves at least as much outside as the best i-plane for one and the best (k − i)-plane for the other.
        for (int i = 1; i < k; i++)
        {
            if (a.Outside(i) + b.Outside(k - i) <= (count * epsilon * epsilon) - Component.Doubt)
                return true;
        }
        return new Component(columns, [.. a.Features, .. b.Features]).Fits(k, epsilon);
    }

    private bool AnyCosine(double above, double upTo)
    {
        int n = columns.Count;
        for (int i = 1; i < n; i++)
        {
            foreach (double cos in columns.Gram.AsSpan(i * n, i))
            {
                double c = Math.Abs(cos);
                if (c > above && c <= upTo)
                    return true;
            }
        }
        return false;
    }

    /// <summary>
    /// The connected components of the graph of pairs with |cos| above <paramref name="edge"/>, by breadth-first search; sets
    /// <see cref="LargestCosine"/>.
    /// </summary>
    private List<Component> Find(double edge)
    {
        int n = columns.Count;
        var found = new List<Component>();
        bool[] reached = _reached;
        int[] component = _component;
        Array.Clear(reached);
        LargestCosine = 0;
        for (int start = 0; start < n; start++)
        {
            if (reached[start])
                continue;
            int count = 1;
            component[0] = start;
            reached[start] = true;
            for (int next = 0; next < count; next++)
            {
                ReadOnlySpan<double> row = columns.Gram.AsSpan(component[next] * n, n);
                for (int j = 0; j < n; j++)
                {
                    double cos = Math.Abs(row[j]);
                    if (cos <= edge)
                    {
                        if (cos > LargestCosine)
                            LargestCosine = cos;
                        continue;
                    }
                    if (reached[j])
                        continue;
                    reached[j] = true;
                    component[count++] = j;
                }
            }
            int[] features = component.AsSpan(0, count).ToArray();
            if (count > 2)
                Array.Sort(features);
            found.Add(new Component(columns, features));
        }
        return found;
    }

    /// <summary>
    /// Whether a feature without partners can lie in a k-plane spanned by k other features T that may vote, σ_k(X_T) ≥ 0.2
    /// (<see cref="Grassmannian.HoughOptions.MinSingularValue"/>).
    /// </summary>
    /// <remarks>
    /// Let y = X_Tᵀx. If x is within ε of the plane, 1 − ε² ≤ yᵀG_T⁻¹y ≤ ‖y‖²/σ_k², and ‖y‖² is at most k times the largest square in it. A
    /// feature that all voters need is a coloop of a reducible plane.
    /// </remarks>
    public bool CanVote(int feature, int k, double epsilon)
    {
        double largest = 0;
        ReadOnlySpan<double> row = columns.Gram.AsSpan(feature * columns.Count, columns.Count);
        for (int j = 0; j < row.Length; j++)
        {
            if (j != feature && Math.Abs(row[j]) > largest)
                largest = Math.Abs(row[j]);
        }
        return largest * largest * k >= s_leastSquare * (1 - (epsilon * epsilon)) - Rounding;
    }

    /// <summary>
    /// Whether it is certain that no k-plane holds more than k unit vectors with |cos| ≤ <paramref name="cosine"/> between any two.
    /// </summary>
    /// <remarks>
    /// The Gram matrix of k+1 such vectors has λ_min ≥ 1 − k·cosine (Gershgorin), so that at least λ_min of their squared length lies
    /// outside any k-plane, where they may have at most (k+1)ε².
    /// </remarks>
    public static bool SinglesShareNoPlane(double cosine, double epsilon, int k) =>
        1 - (k * cosine) > ((k + 1) * epsilon * epsilon) + Rounding;
}

/// <summary>A connected set of features: a splitting plane holds all of them or none.</summary>
/// <param name="columns">The learned columns.</param>
/// <param name="features">Ascending.</param>
internal sealed class Component(LearnedColumns columns, int[] features)
{
    /// <summary>A margin far above the rounding of the sums that are compared.</summary>
    public const double Doubt = 1e-6;

    private double[]? _values;
    private double _squares = double.NaN;

    /// <summary>Ascending indices of learned columns.</summary>
    public int[] Features => features;

    /// <summary>Σ_{a&gt;k} λ_a, the squared length outside its first k axes: no k-plane leaves less outside.</summary>
    public double Outside(int k)
    {
        if (features.Length <= k)
            return 0;
        // λ_1 + λ_2 = 2 and λ_1 − λ_2 = 2|cos|: the commonest component needs no spectrum.
        if (features.Length == 2)
            return 1 - Math.Abs(columns.Gram[features[0] * columns.Count + features[1]]);
        _values ??= PrincipalAxes.Values(columns.Unit, columns.Hidden, features);
        double outside = 0;
        for (int a = k; a < _values.Length; a++)
            outside += _values[a];
        return outside;
    }

    /// <summary>Whether all its features can be within ε of one k-plane.</summary>
    public bool Fits(int k, double epsilon)
    {
        if (features.Length <= k)
            return true;
        double room = (features.Length * epsilon * epsilon) + PlaneCandidates.Rounding;
        // Most components that do not fit are recognised without a spectrum: Σ λ_a² = ‖G‖²_F, so that the first k eigenvalues sum to at
        // most √k·‖G‖_F (Cauchy and Schwarz).
        return !(features.Length - Math.Sqrt(k * SquaredCosines()) > room + Doubt) && Outside(k) <= room;
    }

    private double SquaredCosines()
    {
        if (!double.IsNaN(_squares))
            return _squares;
        double off = 0;
        for (int i = 1; i < features.Length; i++)
        {
            ReadOnlySpan<double> row = columns.Gram.AsSpan(features[i] * columns.Count, columns.Count);
            for (int j = 0; j < i; j++)
                off += row[features[j]] * row[features[j]];
        }
        return _squares = features.Length + (2 * off);
    }
}
