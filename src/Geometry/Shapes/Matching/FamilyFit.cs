namespace Geometry.Shapes.Matching;

/// <summary>
/// The parameter of a family that brings its pair angles closest to given class means: min_t F(t) = Σ_k n_k (mean_k − θ_k(t))².
/// </summary>
/// <remarks>
/// F plus the spread inside the classes, which does not depend on t, is the squared residual times the number of pairs.
/// <see cref="Coarse"/> starts at the best of the shape's poses and improves it by a parabola through its neighbours, without computing
/// another member. <see cref="Polish"/> continues with Gauss–Newton to machine precision, and halves steps that do not improve. It takes at
/// most 30 steps and never gets worse: at that limit it returns a member of the family together with that member's residual, though perhaps
/// not the nearest member.
/// </remarks>
internal static class FamilyFit
{
    // Below this sin² two vertices coincide or are opposite, and the parameter changes their angle by rounding alone.
    private const double Opposite = 1e-12;

    // Share of F below which the gain of a step ends the iteration. Because it converges quadratically, t is then far closer than that.
    private const double Negligible = 1e-9;

    public static double Coarse(ShapeGeometry shape, ReadOnlySpan<double> means)
    {
        ShapePose[] poses = shape.Poses;
        int best = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k < poses.Length; k++)
        {
            double value = Objective(shape.Classes.Sizes, means, poses[k].ClassAngles);
            if (value < least)
                (best, least) = (k, value);
        }
        if (best == 0 || best == poses.Length - 1)
            return poses[best].Parameter;
        double left = Objective(shape.Classes.Sizes, means, poses[best - 1].ClassAngles);
        double right = Objective(shape.Classes.Sizes, means, poses[best + 1].ClassAngles);
        double curvature = left - 2 * least + right;
        double step = poses[best + 1].Parameter - poses[best].Parameter;
        return curvature > 0 ? poses[best].Parameter + 0.5 * step * (left - right) / curvature : poses[best].Parameter;
    }

    /// <param name="shape">The family.</param>
    /// <param name="means">Mean angle of the data in each class, radians.</param>
    /// <param name="start">First guess of the parameter.</param>
    /// <param name="vertices">Vertices of the member there, count·dim; receives those of the answer.</param>
    /// <param name="now">The angle of each class there, radians; receives those of the answer.</param>
    /// <param name="scratch">count·dim entries.</param>
    /// <param name="needed">By how much F has to fall for the answer to be of use. Where the first step promises less than half of that, no
    /// step is taken.</param>
    /// <returns>The parameter of the (local) minimum, within the shape's range.</returns>
    public static double Polish(
        ShapeGeometry shape,
        ReadOnlySpan<double> means,
        double start,
        Span<double> vertices,
        Span<double> now,
        Span<double> scratch,
        double needed = 0
    )
    {
        ShapeParameter range = shape.Shape.Parameter!;
        ReadOnlySpan<int> sizes = shape.Classes.Sizes;
        Span<double> low = stackalloc double[means.Length],
            high = stackalloc double[means.Length];
        double h = 1e-5 * (range.High - range.Low),
            t = start,
            value = Objective(sizes, means, now);
        for (int step = 0; step < 30; step++)
        {
            double a = Math.Max(range.Low, t - h),
                b = Math.Min(range.High, t + h);
            shape.Classes.Cosines(a, scratch, low);
            shape.Classes.Cosines(b, scratch, high);
            double slope = 0,
                curvature = 0;
            for (int k = 0; k < means.Length; k++)
            {
                // dθ = −d cos θ / sin θ; opposite vertices stay opposite.
                double cos = 0.5 * (low[k] + high[k]),
                    squared = (1 - cos) * (1 + cos);
                if (squared < Opposite)
                    continue;
                double derivative = (low[k] - high[k]) / ((b - a) * Math.Sqrt(squared));
                slope += sizes[k] * (means[k] - now[k]) * derivative;
                curvature += sizes[k] * derivative * derivative;
            }
            double gain = slope * slope / curvature,
                move = slope / curvature,
                before = t;
            if (!(curvature > 0) || (step == 0 && 2 * gain < needed))
                break;
            for (int half = 0; half < 8; half++, move /= 2)
            {
                t = Math.Clamp(before + move, range.Low, range.High);
                shape.Classes.Angles(t, vertices, now);
                double next = Objective(sizes, means, now);
                if (next <= value)
                {
                    value = next;
                    break;
                }
                t = before;
            }
            if (t == before)
                shape.Classes.Angles(t, vertices, now);
            if (t == before || gain <= Negligible * value || Math.Abs(t - before) <= 1e-10 * (range.High - range.Low))
                break;
        }
        return t;
    }

    private static double Objective(ReadOnlySpan<int> sizes, ReadOnlySpan<double> means, ReadOnlySpan<double> angles)
    {
        double sum = 0;
        for (int k = 0; k < sizes.Length; k++)
        {
            double difference = means[k] - angles[k];
            sum += sizes[k] * difference * difference;
        }
        return sum;
    }
}
