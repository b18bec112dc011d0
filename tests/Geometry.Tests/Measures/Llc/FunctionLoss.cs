using Geometry.Measures.Llc;

namespace Geometry.Tests.Measures.Llc;

/// <summary>A function of one point with its gradient, as a loss of eight lanes.</summary>
internal sealed class FunctionLoss(int length, Func<double[], double[], double> function) : IChainLoss
{
    private readonly double[] _point = new double[length],
        _gradient = new double[length];

    public int Length => length;

    public void Evaluate(ReadOnlySpan<double> points, uint batch, Span<double> losses, Span<double> gradients)
    {
        for (int c = 0; c < IChainLoss.Lanes; c++)
        {
            for (int i = 0; i < length; i++)
                _point[i] = points[(i * IChainLoss.Lanes) + c];
            losses[c] = function(_point, _gradient);
            for (int i = 0; i < length; i++)
                gradients[(i * IChainLoss.Lanes) + c] = _gradient[i];
        }
    }

    /// <summary>½Σ h_i w_i².</summary>
    public static FunctionLoss Quadratic(params double[] h) => new(h.Length, (w, g) =>
        {
            double sum = 0;
            for (int i = 0; i < h.Length; i++)
            {
                g[i] = h[i] * w[i];
                sum += g[i] * w[i] / 2;
            }
            return sum;
        });
}
