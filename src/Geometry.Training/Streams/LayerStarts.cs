using Geometry.Grassmannian;
using Geometry.Theory.Pairs;

namespace Geometry.Training.Streams;

/// <summary>Makes the weights of a layer with a start of its own from as many standard normal numbers.</summary>
internal static class LayerStarts
{
    /// <summary>Replaces normal numbers, outputs×inputs row-major, by the layer's weights.</summary>
    internal static void Shape(DenseLayer layer, Span<float> weights)
    {
        switch (layer.Start)
        {
            case LayerStart.Bernoulli:
                // P(N(0,1) < z) = q.
                double q = Math.Min(1, BernoulliNeurons.Probability(layer.Inputs, layer.Outputs)),
                    below = q < 1 ? MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, q) : double.PositiveInfinity;
                foreach (ref float w in weights)
                    w = w < below ? 1 : 0;
                break;
            case LayerStart.Orthogonal:
                Orthogonal(layer, weights);
                break;
            case LayerStart.Directions:
                for (int i = 0; i < layer.Inputs; i++)
                {
                    double square = 0;
                    for (int r = 0; r < layer.Outputs; r++)
                        square += weights[(r * layer.Inputs) + i] * (double)weights[(r * layer.Inputs) + i];
                    for (int r = 0; r < layer.Outputs; r++)
                        weights[(r * layer.Inputs) + i] = (float)(weights[(r * layer.Inputs) + i] / Math.Sqrt(square));
                }
                break;
        }
    }

    private static void Orthogonal(DenseLayer layer, Span<float> weights)
    {
        (int rows, int columns) = (layer.Outputs, layer.Inputs);
        (int length, int count) = (Math.Max(rows, columns), Math.Min(rows, columns));
        double[] vectors = new double[length * count],
            basis = new double[length * count];
        int At(int vector, int entry) => rows >= columns ? (entry * columns) + vector : (vector * columns) + entry;
        for (int v = 0; v < count; v++)
        {
            for (int e = 0; e < length; e++)
                vectors[(v * length) + e] = weights[At(v, e)];
        }
        ColumnReduction.Basis(vectors, length, count, basis);
        for (int v = 0; v < count; v++)
        {
            for (int e = 0; e < length; e++)
                weights[At(v, e)] = (float)(basis[(v * length) + e] * Math.Sqrt(length));
        }
    }
}
