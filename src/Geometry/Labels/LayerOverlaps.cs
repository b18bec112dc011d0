using Geometry.Configurations;

namespace Geometry.Labels;

/// <summary>How two matrices that follow each other meet.</summary>
public enum LayerJunction
{
    /// <summary>They share nothing: no axis of one matrix has the length of a matching axis of the other.</summary>
    None,

    /// <summary>In one hidden space: the first sends features into it, the second reads features out of it (encoder and decoder).</summary>
    Space,

    /// <summary>The hidden coordinates of the first are the features of the second (a layer stacked on the hidden space).</summary>
    Stacked,

    /// <summary>They share their features, the neurons between two narrower spaces.</summary>
    Neurons,
}

/// <summary>How much of each summand of one matrix is sent into each summand of the next, as a bipartite table.</summary>
/// <remarks>
/// <para>
/// Entry (S, T) says which share of the output that the features of S cause behind the second matrix lies in T: the share in the squared
/// lengths of y = M v, summed over the features of S. The vector v is the direction of a feature of S (Space, Stacked) or a neuron
/// (Neurons). Where the second matrix reads features (Space), y is rectified, because an output that is pushed down stays silent, and T
/// stands for the coordinates of its features. Otherwise y lies in the second hidden space, and T stands for the span of its directions.
/// Activations and biases between the matrices are left out.
/// </para>
/// <para>
/// Rows sum to at most 1; the rest goes to features that were not learned, or lies outside all summands. A row of zeros means that nothing
/// is sent on.
/// </para>
/// <para>O(n₁·n₂·m) for hidden dimension m.</para>
/// </remarks>
/// <param name="Junction">How the two matrices meet.</param>
/// <param name="Shares">One row per summand of the first matrix, one column per summand of the second; each entry in [0, 1].</param>
public sealed record LayerOverlaps(LayerJunction Junction, IReadOnlyList<double[]> Shares)
{
    /// <summary>How two configurations meet, by their sizes: a square second one is stacked; equal hidden dimensions share a
    /// space.</summary>
    /// <param name="first">The matrix nearer to the inputs.</param>
    /// <param name="second">The one behind it.</param>
    public static LayerJunction JunctionOf(FeatureConfiguration first, FeatureConfiguration second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Hidden == second.Hidden && second.Features != second.Hidden)
            return LayerJunction.Space;
        if (first.Hidden == second.Features)
            return LayerJunction.Stacked;
        return first.Features == second.Features ? LayerJunction.Neurons : LayerJunction.None;
    }

    /// <summary>The table of two labelled matrices.</summary>
    /// <param name="first">The matrix nearer to the inputs.</param>
    /// <param name="from">Its summands.</param>
    /// <param name="second">The one behind it.</param>
    /// <param name="to">Its summands.</param>
    public static LayerOverlaps Of(
        FeatureConfiguration first,
        IReadOnlyList<Summand> from,
        FeatureConfiguration second,
        IReadOnlyList<Summand> to
    )
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        LayerJunction junction = JunctionOf(first, second);
        if (junction == LayerJunction.None)
            return new LayerOverlaps(junction, []);
        double[][] bases = junction == LayerJunction.Space ? [] : [.. to.Select(t => SummandSpan.Basis(second, t))];
        return new LayerOverlaps(junction, [.. from.Select(s => Row(s, bases))]);

        double[] Row(Summand summand, double[][] spans)
        {
            double[] shares = new double[to.Count],
                image = new double[junction == LayerJunction.Space ? second.Features : second.Hidden];
            double all = 0;
            foreach (int feature in summand.Features)
            {
                Image(junction, first, second, feature, image);
                all += SummandSpan.Square(image);
                for (int t = 0; t < shares.Length; t++)
                {
                    if (junction == LayerJunction.Space)
                        shares[t] += to[t].Features.Sum(f => image[f] * image[f]);
                    else
                        shares[t] += SummandSpan.Inside(spans[t], image);
                }
            }
            for (int t = 0; t < shares.Length; t++)
                shares[t] = all > 0 ? Math.Min(1, shares[t] / all) : 0;
            return shares;
        }
    }

    private static void Image(LayerJunction junction, FeatureConfiguration first, FeatureConfiguration second, int feature, double[] image)
    {
        if (junction == LayerJunction.Neurons)
        {
            second.Column(feature).CopyTo(image);
            return;
        }
        ReadOnlySpan<double> v = first.Column(feature);
        Array.Clear(image);
        for (int j = 0; j < second.Features; j++)
        {
            ReadOnlySpan<double> column = second.Column(j);
            for (int k = 0; k < column.Length; k++)
            {
                if (junction == LayerJunction.Space)
                    image[j] += column[k] * v[k];
                else
                    image[k] += column[k] * v[j];
            }
            if (junction == LayerJunction.Space)
                image[j] = Math.Max(0, image[j]);
        }
    }
}
