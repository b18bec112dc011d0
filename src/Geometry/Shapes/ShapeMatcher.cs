using System.Globalization;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Matching;

namespace Geometry.Shapes;

/// <summary>
/// Finds the shape of the catalogue nearest to given directions, up to permutation and O(dim), with residual and significance.
/// </summary>
/// <remarks>
/// <para>
/// residual = min over permutations π, O(dim) and the family's parameter t of sqrt(Σ_{i&lt;j} (∠(x_i, x_j) − ∠(v_π(i), v_π(j)))² ·
/// 2/(c(c−1))), in degrees. Angles do not change under O(dim), so the minimum runs over π and t alone: by sorting for polygons, at once for
/// simplices, and by backtracking over base points for all other shapes. The true correspondence is found up to noise of 0.06 per
/// coordinate. For configurations that resemble no shape, the residual is that of the best correspondence found within a fixed budget, an
/// upper bound.
/// </para>
/// <para>
/// Shapes of families without a size limit are recognised without a search, each family in its own way
/// (<see cref="Families.FamilyMember"/>). Of several shapes of a size the one with the smallest residual is the nearest, with one
/// exception: a line frame, whose moduli are free, is the nearest only where no other shape of the size is acceptable.
/// </para>
/// <para>
/// Degenerate cases. In dimension 1 there are (1,1) dedicated and (1,2) with opposite signs, antipode. Sizes without a shape give
/// <c>irregular(dim,count)</c> with a NaN residual, and so do directions that have no correspondence with the only shape of their size (a
/// line frame needs opposites). Directions that do not span R^dim are compared by exchanges alone and end irregular.
/// </para>
/// <para>
/// Deterministic and thread-safe; nothing but the result is allocated after the first match of a size on a thread. Cost on one core:
/// pentagon 0.2 µs, square antiprism 10 µs, 600-cell 1 to 20 ms, more with more noise; diplosimplex-14 40 µs, line-frame(17,38) 60 µs,
/// line-frame(28,64) 0.5 ms, rectified-9-simplex 90 µs, demicube-8 0.5 ms; up to some milliseconds for sizes with several shapes and for
/// data that resemble no shape.
/// </para>
/// </remarks>
public static class ShapeMatcher
{
    private const double Degree = Math.PI / 180;

    [ThreadStatic]
    private static CorrespondenceSearch? _search;

    /// <summary>The nearest shape.</summary>
    /// <param name="unitCoordinates">Directions in an orthonormal basis of V_S, row-major count×dim; scaled to unit length here.</param>
    /// <param name="dim">dim V_S, ≥ 1.</param>
    /// <param name="count">Number of directions, ≥ 1.</param>
    /// <param name="options">When to accept; null for the defaults.</param>
    /// <exception cref="ArgumentException">A size is wrong, or a direction is zero or not finite.</exception>
    public static ShapeMatch Match(ReadOnlySpan<double> unitCoordinates, int dim, int count, MatchOptions? options = null)
    {
        options ??= MatchOptions.Default;
        CorrespondenceSearch search = Prepare(unitCoordinates, dim, count);
        return Recognise(search, options, out _);
    }

    /// <summary>The nearest shape with its correspondence, for pictures; null where the catalogue has no entry of that size.</summary>
    /// <inheritdoc cref="Match"/>
    public static ShapeFit? Fit(ReadOnlySpan<double> unitCoordinates, int dim, int count, MatchOptions? options = null)
    {
        options ??= MatchOptions.Default;
        CorrespondenceSearch search = Prepare(unitCoordinates, dim, count);
        ShapeMatch match = Recognise(search, options, out Shape? nearest);
        if (nearest is null)
            return null;
        Compare(search, nearest, double.NaN, options.Constants, out double parameter);
        return Describe(search, nearest, match, parameter);
    }

    /// <summary>The best correspondence with one given shape.</summary>
    /// <param name="unitCoordinates">Directions, row-major count×dim of the shape; scaled to unit length here.</param>
    /// <param name="shape">The shape to compare with, whatever else would be nearer.</param>
    /// <param name="options">When to accept; null for the defaults.</param>
    /// <exception cref="ArgumentException">The number of coordinates is not the shape's, or a direction is zero or not finite.</exception>
    public static ShapeFit Fit(ReadOnlySpan<double> unitCoordinates, Shape shape, MatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        options ??= MatchOptions.Default;
        CorrespondenceSearch search = Prepare(unitCoordinates, shape.Dim, shape.Count);
        double residual = Compare(search, shape, double.NaN, options.Constants, out double parameter);
        return Describe(search, shape, Judge(shape, shape.Dim, shape.Count, residual, parameter, options), parameter);
    }

    /// <summary>
    /// A function from directions to their residual to one shape, in radians. It has a search of its own and may be called while another
    /// search is under way.
    /// </summary>
    internal static Func<double[], double> Comparer(Shape shape)
    {
        var search = new CorrespondenceSearch();
        return x => Compare(Load(search, x, shape.Dim, shape.Count), shape, double.NaN, DecisionConstants.Default, out _);
    }

    /// <summary>
    /// A good correspondence with a rigid shape, found faster than the best one: the search is short, is left out where the guess is good
    /// enough, and there is no p-value.
    /// </summary>
    /// <param name="unit">Directions, row-major count×dim of the shape, dim ≥ 2.</param>
    /// <param name="shape">The shape to compare with.</param>
    /// <param name="vertexOf">A guess of the vertex of each direction, which is tried first; receives the best correspondence.</param>
    /// <param name="settleBelow">A residual that is good enough, radians.</param>
    /// <returns>The residual, radians.</returns>
    internal static double Correspond(ReadOnlySpan<double> unit, Shape shape, Span<int> vertexOf, double settleBelow)
    {
        CorrespondenceSearch search = Prepare(unit, shape.Dim, shape.Count);
        double residual = search.Try(shape.Geometry, vertexOf);
        if (residual > settleBelow)
        {
            search.State.SortAngles();
            WorkLimits limits = DecisionConstants.Default.Limits;
            // Once a correspondence is found that noise explains, or nearly explains, others with such residuals are its near-symmetries.
            var budget = new SearchBudget(
                limits.HopelessCorrespondences,
                limits.LeastFormCorrespondences,
                3 * settleBelow,
                double.PositiveInfinity
            );
            search.Run(shape.Geometry, budget, DecisionConstants.Default, settleBelow: settleBelow);
            residual = search.State.BestResidual;
        }
        search.State.Best.AsSpan(0, shape.Count).CopyTo(vertexOf);
        return residual;
    }

    private static CorrespondenceSearch Prepare(ReadOnlySpan<double> coordinates, int dim, int count) =>
        Load(_search ??= new CorrespondenceSearch(), coordinates, dim, count);

    private static CorrespondenceSearch Load(CorrespondenceSearch search, ReadOnlySpan<double> coordinates, int dim, int count)
    {
        if (dim < 1 || count < 1)
            throw new ArgumentException($"expected dim ≥ 1 and count ≥ 1, found dim = {dim}, count = {count}");
        if (coordinates.Length != (long)dim * count)
            throw new ArgumentException(
                $"expected {(long)dim * count} coordinates for dim = {dim}, count = {count}, found {coordinates.Length}",
                nameof(coordinates)
            );
        search.State.Load(coordinates, dim, count);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = search.State.Unit.AsSpan(i * dim, dim);
            double norm = 0;
            foreach (double x in row)
                norm += x * x;
            norm = Math.Sqrt(norm);
            if (!(norm > 0 && double.IsFinite(norm)))
                throw new ArgumentException(
                    $"direction {i} has norm {norm.ToString(CultureInfo.InvariantCulture)}; expected a positive one",
                    nameof(coordinates)
                );
            for (int k = 0; k < dim; k++)
                row[k] /= norm;
        }
        return search;
    }

    /// <summary>
    /// The nearest shape where it is accepted; otherwise the nearest form where that is accepted; otherwise the refused match with the
    /// nearest shape.
    /// </summary>
    private static ShapeMatch Recognise(CorrespondenceSearch search, MatchOptions options, out Shape? nearest)
    {
        (int dim, int count) = (search.State.Dim, search.State.Count);
        nearest = Nearest(search, options, out double residual, out double parameter);
        ShapeMatch match = Judge(nearest, dim, count, residual, parameter, options);
        IReadOnlyList<Shape> forms = options.Catalogue.FormsOfSize(dim, count);
        if (match.IsNamed || forms.Count == 0 || NearestForm(search, forms, options, out residual, out parameter) is not { } form)
            return match;
        double degrees = residual / Degree,
            p = form.PValue(degrees);
        int tried = options.Catalogue.OfSize(dim, count).Count + forms.Count;
        if (!(degrees <= options.Cap(form.Codimension) && p * tried <= options.Constants.FormAlpha))
            return match;
        nearest = form;
        return new ShapeMatch(form.Name, form.Name, degrees, p, parameter);
    }

    /// <summary>
    /// The nearest of the forms that a lower bound does not exclude; null where all are excluded, or none has a correspondence. A form is
    /// excluded when a lower bound of its residual exceeds its cap. Forms are tried in the order of the cheap bound, and the expensive
    /// bound is computed only where the cheap one does not exclude.
    /// </summary>
    private static Shape? NearestForm(
        CorrespondenceSearch search,
        IReadOnlyList<Shape> forms,
        MatchOptions options,
        out double residual,
        out double parameter
    )
    {
        (residual, parameter) = (double.PositiveInfinity, double.NaN);
        Correspondence state = search.State;
        state.SortAngles();
        Span<double> bounds = forms.Count <= 64 ? stackalloc double[forms.Count] : new double[forms.Count];
        for (int k = 0; k < bounds.Length; k++)
            bounds[k] = forms[k].Geometry.LowerBound(state.Sorted.AsSpan(0, state.Pairs));
        Shape? nearest = null;
        for (int step = 0; step < bounds.Length; step++)
        {
            int k = Vectors.IndexOfMin(bounds);
            if (bounds[k] >= residual)
                break;
            double cap = Math.Min(residual, options.Cap(forms[k].Codimension) * Degree);
            WorkLimits limits = options.Constants.Limits;
            // A rigid form has many symmetries as a rule: the right correspondence may come late, and each is cheap to try. With a form
            // that drifts it comes early, and each is expensive.
            double hopeless = forms[k].Parameter is null ? double.PositiveInfinity : limits.HopelessShare * cap;
            var budget = new SearchBudget(
                bounds[k] > cap / 2 ? limits.LeastFormCorrespondences : limits.FormCorrespondences,
                limits.LeastFormCorrespondences,
                cap,
                hopeless
            );
            if (bounds[k] <= cap && state.Rows.MayBeWithin(forms[k].Geometry, state.Sorted.AsSpan(0, state.Pairs), cap))
                Consider(
                    forms[k],
                    Compare(search, forms[k], bounds[k], options.Constants, out double t, budget, state.Rows),
                    t,
                    ref nearest,
                    ref residual,
                    ref parameter
                );
            bounds[k] = double.PositiveInfinity;
        }
        return nearest;
    }

    private static Shape? Nearest(CorrespondenceSearch search, MatchOptions options, out double residual, out double parameter)
    {
        (residual, parameter) = (double.PositiveInfinity, double.NaN);
        Correspondence state = search.State;
        IReadOnlyList<Shape> entries = options.Catalogue.OfSize(state.Dim, state.Count);
        if (entries.Count == 0)
            return null;
        if (entries.Count == 1 || state.Dim == 1)
        {
            residual = Compare(search, entries[0], double.NaN, options.Constants, out parameter);
            return double.IsInfinity(residual) ? null : entries[0];
        }
        Shape? nearest = null,
            general = null;
        double generalResidual = double.PositiveInfinity;
        Span<double> bounds = entries.Count <= 64 ? stackalloc double[entries.Count] : new double[entries.Count];
        // Members of families need no search and come first. The other shapes follow in the order of their lower bounds: once a residual is
        // small, it exceeds the bounds of few of those that are left.
        for (int k = 0; k < bounds.Length; k++)
        {
            bounds[k] = double.PositiveInfinity;
            if (entries[k].Member is { } member)
            {
                double found = member.Match(state, options.Constants);
                if (member.IsGeneral)
                    (general, generalResidual) = (entries[k], found);
                else
                    Consider(entries[k], found, double.NaN, ref nearest, ref residual, ref parameter);
                continue;
            }
            state.SortAngles();
            bounds[k] = entries[k].Geometry.LowerBound(state.Sorted.AsSpan(0, state.Pairs));
        }
        for (int step = 0; step < bounds.Length; step++)
        {
            int k = Vectors.IndexOfMin(bounds);
            if (bounds[k] >= residual)
                break;
            // An entry that is farther than the family with free moduli and beyond its own cap can be neither accepted nor the nearest.
            if (bounds[k] < generalResidual || bounds[k] / Degree <= options.Cap(entries[k].Codimension))
                Consider(
                    entries[k],
                    Compare(search, entries[k], bounds[k], options.Constants, out double t),
                    t,
                    ref nearest,
                    ref residual,
                    ref parameter
                );
            bounds[k] = double.PositiveInfinity;
        }
        // A family with free moduli comes near to many configurations, so it gives the name only where no entry is acceptable.
        if (
            general is not null
            && !(nearest is not null && Accepts(nearest, residual / Degree, nearest.PValue(residual / Degree), entries.Count, options))
        )
            Consider(general, generalResidual, double.NaN, ref nearest, ref residual, ref parameter);
        return nearest;
    }

    private static void Consider(Shape shape, double found, double t, ref Shape? nearest, ref double residual, ref double parameter)
    {
        if (found < residual)
            (nearest, residual, parameter) = (shape, found, t);
    }

    // Residual to one shape, radians. Where the lower bound (NaN: not computed yet) is far beyond what noise explains, the search is short.
    private static double Compare(
        CorrespondenceSearch search,
        Shape shape,
        double bound,
        DecisionConstants constants,
        out double parameter,
        SearchBudget? form = null,
        RowBound? guess = null
    )
    {
        Correspondence state = search.State;
        parameter = double.NaN;
        if (state.Dim == 1)
            return DirectMatch.Line(state, shape);
        if (shape.Member is { } member)
            return member.Match(state, constants);
        ShapeGeometry geometry = shape.Geometry;
        if (geometry.CyclicOrder is not null)
            return DirectMatch.Polygon(state.Unit, state.Rest.AsSpan(0, state.Count), state.Trial.AsSpan(0, state.Count));
        state.ComputeAngles();
        if (geometry.IsSimplex)
            return DirectMatch.Simplex(state, geometry);
        state.SortAngles();
        if (double.IsNaN(bound))
            bound = geometry.LowerBound(state.Sorted.AsSpan(0, state.Pairs));
        int budget =
            bound > constants.PlausibleDegrees * Degree
                ? constants.Limits.HopelessCorrespondences
                : CorrespondenceSearch.FullBudget(state.Count, constants);
        search.Run(geometry, form ?? budget, constants, guess: guess);
        parameter = state.BestParameter;
        return state.BestResidual;
    }

    private static ShapeMatch Judge(Shape? nearest, int dim, int count, double residual, double parameter, MatchOptions options)
    {
        if (nearest is null)
            return new ShapeMatch(ShapeMatch.Irregular(dim, count), null, double.NaN, double.NaN, double.NaN);
        double degrees = residual / Degree,
            p = nearest.PValue(degrees);
        int entries = Math.Max(1, options.Catalogue.OfSize(dim, count).Count);
        return new ShapeMatch(
            Accepts(nearest, degrees, p, entries, options) ? nearest.Name : ShapeMatch.Irregular(dim, count),
            nearest.Name,
            degrees,
            p,
            parameter
        );
    }

    private static bool Accepts(Shape shape, double degrees, double p, int entries, MatchOptions options) =>
        shape.Dim == 1
            ? degrees == 0
            : degrees <= options.Cap(shape.Codimension)
                && p * entries <= options.Alpha
                && (
                    shape.Member is not { } member
                    || !(Elementary.Exp(member.LogProbabilityOfLines(degrees * Degree)) * entries > options.Alpha)
                );

    private static ShapeFit Describe(CorrespondenceSearch search, Shape shape, ShapeMatch match, double parameter)
    {
        Correspondence state = search.State;
        int c = shape.Count,
            d = shape.Dim;
        int[] assignment = new int[c];
        double[] reference = new double[c * d];
        if (shape.Member is { } member)
        {
            state.Best.AsSpan(0, c).CopyTo(assignment);
            member.Place(state, reference);
            return new ShapeFit(match, shape, assignment, reference);
        }
        if (d > 1 && shape.Geometry.CyclicOrder is { } cyclic)
        {
            for (int k = 0; k < c; k++)
                assignment[state.Trial[k]] = cyclic[k];
        }
        else
        {
            (d == 1 ? state.Trial : state.Best).AsSpan(0, c).CopyTo(assignment);
        }
        assignment.CopyTo(state.Trial.AsSpan());
        shape.CopyVertices(parameter, state.Member);
        ReadOnlySpan<double> placed = state.Align() ? state.Rotated : state.Member;
        for (int i = 0; i < c; i++)
            placed.Slice(assignment[i] * d, d).CopyTo(reference.AsSpan(i * d));
        return new ShapeFit(match, shape, assignment, reference);
    }
}
