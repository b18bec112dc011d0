using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Codes;

/// <summary>Comparison of the decoder of an untied model with its encoder, over the learned features.</summary>
/// <param name="TieCosine">⟨W₁, W₂ᵀ⟩ / (‖W₁‖·‖W₂‖), Frobenius: 1 when the decoder is a multiple of the encoder's transpose, as in a tied
/// model.</param>
/// <param name="TieDefect">‖W₂ᵀ − W₁‖ / √(½‖W₁‖² + ½‖W₂‖²): 0 for a tied model, √2 where the matrices are orthogonal and have equal
/// norms.</param>
/// <param name="RoleSplitDegrees">Mean angle between the direction w_i to which a feature is written and the direction a_i from which it is
/// read, degrees; 0 for a tied model.</param>
/// <param name="NormRatio">Geometric mean of ‖a_i‖/‖w_i‖.</param>
internal readonly record struct UntiedValues(double TieCosine, double TieDefect, double RoleSplitDegrees, double NormRatio)
{
    /// <summary>Compares the columns of the given features.</summary>
    public static UntiedValues Of(FeatureConfiguration encoder, FeatureConfiguration decoder, IReadOnlyList<int> features)
    {
        double inner = 0,
            first = 0,
            second = 0,
            angles = 0,
            logs = 0,
            difference = 0;
        int directions = 0;
        foreach (int i in features)
        {
            ReadOnlySpan<double> w = encoder.Column(i),
                a = decoder.Column(i);
            double dot = Vectors.Dot(w, a),
                norm = Vectors.Norm(w),
                other = Vectors.Norm(a);
            inner += dot;
            first += norm * norm;
            second += other * other;
            for (int k = 0; k < w.Length; k++)
                difference += (a[k] - w[k]) * (a[k] - w[k]);
            if (norm == 0 || other == 0)
                continue;
            angles += double.RadiansToDegrees(Elementary.Acos(Math.Clamp(dot / (norm * other), -1, 1)));
            logs += Elementary.Log(other / norm);
            directions++;
        }
        return new UntiedValues(
            inner / Math.Sqrt(first * second),
            Math.Sqrt(difference / ((first + second) / 2)),
            angles / directions,
            Elementary.Exp(logs / directions)
        );
    }

    /// <summary>Shares of the weights within <paramref name="near"/> of −1, of 0 and of 1.</summary>
    /// <param name="weights">All weights of the learned features.</param>
    /// <param name="near">Largest distance, &gt; 0.</param>
    public static (double Minus, double Zero, double Plus) Ternary(IReadOnlyList<double> weights, double near)
    {
        double Share(double value) => weights.Count(w => Math.Abs(w - value) <= near) / (double)weights.Count;
        return (Share(-1), Share(0), Share(1));
    }
}
