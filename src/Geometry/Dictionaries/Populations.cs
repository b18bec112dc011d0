using Geometry.LinearAlgebra;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>
/// The null model of a dictionary: the populations from which its directions are drawn, and the probability that such a direction is near a
/// plane.
/// </summary>
/// <remarks>
/// <para>
/// The directions of a real dictionary are not spread evenly: some lie in a few dimensions or in a cone, and are near planes there that
/// would be empty by the second moment of all directions. So the null model is a mixture, P(near the plane) = Σ_c π_c P_c, whose parts have
/// their own shares, means and covariances (<see cref="PopulationFit"/>). Where one population explains the directions, its covariance is
/// the second moment, with a mean where that is significant (<see cref="PopulationMoment"/>).
/// </para>
/// <para>
/// A population that is itself a plane of j ≤ 8 dimensions with many features is what the search should find. It is therefore part of the
/// null model only for planes of more than j dimensions; for other planes the distribution of all directions takes its place.
/// </para>
/// <para>Complexity: that of <see cref="InPlaneTail"/> for each population, and k·m² to transform the basis of a plane.</para>
/// </remarks>
internal sealed class Populations
{
    /// <summary>
    /// Smallest share of a population's squared length in j dimensions for which it is a j-plane: that of directions within 49 degrees of
    /// the plane.
    /// </summary>
    private const double LeastPlaneShare = 1 - (PlaneSearchOptions.LargestEpsilon * PlaneSearchOptions.LargestEpsilon);

    /// <summary>Smallest ratio of the variance in the last of these dimensions to that in the next one.</summary>
    private const double LeastGap = 3;

    private readonly SecondMoment _moment;
    private readonly InPlaneTail _whole;
    private readonly LeadingGaussian[] _fitted;
    private readonly Part[] _parts;

    private Populations(SecondMoment moment, LeadingGaussian[] fitted, Part[] parts) =>
        (_moment, _whole, _fitted, _parts) = (moment, new InPlaneTail(moment.Eigenvalues), fitted, parts);

    /// <summary>Number of populations.</summary>
    internal int Count => Math.Max(1, _parts.Length);

    /// <summary>Their shares of all directions, the largest first.</summary>
    internal double[] Shares => _parts.Length == 0 ? [1] : [.. _parts.Select(p => Elementary.Exp(p.LogShare))];

    /// <summary>The null model of one population with that second moment.</summary>
    internal static Populations One(SecondMoment moment) => new(moment, [], []);

    /// <summary>The null model of a dictionary's directions.</summary>
    internal static Populations Of(UnitDirections directions, SecondMoment moment, int threads, CancellationToken cancellation)
    {
        int count = Math.Min(directions.Count, PopulationFit.MostDirections);
        if (LeadingCoordinates.DimensionsOf(directions.Dim, count) < 1 || count < 2 * directions.Dim)
            return One(moment);
        LeadingCoordinates coordinates = LeadingCoordinates.Of(directions, moment, count, threads);
        LeadingGaussian[] fitted = PopulationFit.Of(directions, coordinates, threads, cancellation);
        UnitDirections chosen = directions.Subset([
            .. Enumerable.Range(0, count).Select(i => LeadingCoordinates.Place(i, count, directions.Count)),
        ]);
        double[][] weights = [.. fitted.Select(_ => new double[count])];
        double[] chances = new double[fitted.Length],
            work = new double[coordinates.Dim];
        for (int i = 0; i < count; i++)
        {
            PopulationFit.Chances(fitted, coordinates[i], coordinates.Rests[i], chances, work);
            for (int p = 0; p < chances.Length; p++)
                weights[p][i] = chances[p];
        }
        var parts = new Part[fitted.Length];
        foreach (int[] family in Enumerable.Range(0, fitted.Length).GroupBy(p => fitted[p].Family).Select(g => g.ToArray()))
        {
            var own = PopulationMoment.Of(chosen, [.. family.Select(p => weights[p])], moment, threads, cancellation);
            for (int at = 0; at < family.Length; at++)
                parts[family[at]] = new Part(Elementary.Log(fitted[family[at]].Share), own, own.Means[at]);
        }
        // One population without a mean is described by the second moment.
        return parts is [{ HasMean: false }] ? One(moment) : new Populations(moment, fitted, parts);
    }

    /// <summary>
    /// The coordinates of a plane's basis in the basis of the eigenvectors of all directions, and of those of each population.
    /// </summary>
    /// <param name="basis">k×m, orthonormal rows.</param>
    /// <param name="k">Dimension of the plane.</param>
    internal double[][] Turned(ReadOnlySpan<double> basis, int k)
    {
        double[] turned = _moment.Turned(basis, k);
        return [turned, .. _parts.Select(p => p.Turned(turned, k))];
    }

    /// <summary>ln P(‖Px‖² ≥ β) for a random direction.</summary>
    /// <param name="turned">The plane (<see cref="Turned"/>).</param>
    /// <param name="k">Its dimension.</param>
    /// <param name="beta">β.</param>
    internal double LogProbability(double[][] turned, int k, double beta) =>
        _parts.Length == 0 ? _whole.LogProbability(turned[0], k, beta) : Mixed(turned, k, beta, null);

    /// <summary>
    /// ln P(‖Px‖² ≥ β) for the normalised component of a random direction orthogonal to another direction, which is orthogonal to the
    /// plane; means play no role.
    /// </summary>
    /// <param name="turned">The plane.</param>
    /// <param name="k">Its dimension.</param>
    /// <param name="beta">β.</param>
    /// <param name="direction">The direction, which belongs to each population with its own probability.</param>
    internal double LogProbability(double[][] turned, int k, double beta, ReadOnlySpan<float> direction) =>
        _parts.Length < 2 ? _whole.LogProbability(turned[0], k, beta) : Mixed(turned, k, beta, Chances(direction));

    /// <summary>
    /// The mixture with the given probabilities of the populations and without means; for null, with the shares of the populations and
    /// their means.
    /// </summary>
    private double Mixed(double[][] turned, int k, double beta, double[]? chances)
    {
        double[] logs = new double[_parts.Length];
        double most = double.NegativeInfinity,
            sum = 0;
        for (int p = 0; p < logs.Length; p++)
        {
            Part part = _parts[p];
            double log =
                k <= part.PlaneDim
                    ? _whole.LogProbability(turned[0], k, beta)
                    : (chances is null ? part.Tail : part.Central).LogProbability(turned[p + 1], k, beta);
            logs[p] = log + (chances is null ? part.LogShare : Elementary.Log(Math.Max(chances[p], 1e-300)));
            most = Math.Max(most, logs[p]);
        }
        if (double.IsNegativeInfinity(most))
            return most;
        foreach (double log in logs)
            sum += Elementary.Exp(log - most);
        return Math.Min(0, most + Elementary.Log(sum));
    }

    private double[] Chances(ReadOnlySpan<float> direction)
    {
        int m = _moment.Dim,
            d = _fitted[0].Dim;
        double[] x = new double[m],
            y = new double[d],
            chances = new double[_fitted.Length];
        for (int i = 0; i < m; i++)
            x[i] = direction[i];
        double rest = LeadingCoordinates.Of(x, _moment, y);
        PopulationFit.Chances(_fitted, y, rest, chances, new double[d]);
        return chances;
    }

    /// <summary>The largest j ≤ 8 for which these variances are those of directions near a j-plane; 0 for none.</summary>
    private static int PlaneDimOf(double[] values)
    {
        Array.Sort(values);
        Array.Reverse(values);
        double all = values.Sum(),
            sum = 0;
        int dim = 0;
        for (int j = 1; j <= Math.Min(8, values.Length - 1); j++)
        {
            sum += values[j - 1];
            if (sum >= LeastPlaneShare * all && values[j - 1] >= LeastGap * values[j])
                dim = j;
        }
        return dim;
    }

    /// <summary>One population.</summary>
    private sealed class Part(double logShare, PopulationMoment moment, double[]? mean)
    {
        /// <summary>ln π.</summary>
        internal double LogShare => logShare;

        internal bool HasMean => mean is not null;

        /// <summary>The tail probability of its directions.</summary>
        internal InPlaneTail Tail { get; } = new(moment.Values, mean);

        /// <summary>The tail probability without its mean.</summary>
        internal InPlaneTail Central { get; } = new(moment.Values);

        /// <summary>j where the population is a j-plane; otherwise 0.</summary>
        internal int PlaneDim { get; } = PlaneDimOf([.. moment.Values, mean is null ? 0 : Vectors.Dot(mean, mean)]);

        internal double[] Turned(double[] turned, int k) => SecondMoment.Coordinates(moment.Axes, moment.Values.Length, turned, k);
    }
}
