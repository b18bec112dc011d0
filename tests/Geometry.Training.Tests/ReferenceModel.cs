namespace Geometry.Training.Tests;

/// <summary>Loss and gradient in float64 straight from the definition.</summary>
internal static class ReferenceModel
{
    /// <summary>Sum over samples of Σ_i I_i (x_i − x'_i)² / (N n), with N the plan's batch.</summary>
    internal static double Loss(TrainingRun run, double[] theta, double[][] samples) => samples.Sum(x => Sample(run, theta, x, null));

    internal static double[] Gradient(TrainingRun run, double[] theta, double[][] samples)
    {
        var gradient = new double[theta.Length];
        foreach (double[] x in samples)
            Sample(run, theta, x, gradient);
        return gradient;
    }

    private static double Sample(TrainingRun run, double[] theta, double[] x, double[]? gradient)
    {
        ModelShape model = run.Model;
        int n = model.Features,
            m = model.Hidden,
            decoder = model.Tied ? 0 : n * m,
            bias = model.Tied ? n * m : 2 * n * m;
        var h = new double[m];
        for (int k = 0; k < m; k++)
        for (int i = 0; i < n; i++)
            h[k] += theta[k * n + i] * x[i];
        var g = new double[n];
        double loss = 0;
        for (int i = 0; i < n; i++)
        {
            double z = model.Bias ? theta[bias + i] : 0;
            for (int k = 0; k < m; k++)
                z += theta[decoder + k * n + i] * h[k];
            (double value, double slope) = Activate(model, z);
            double c = run.Data.Importance[i] / ((double)n * run.Plan.Batch);
            loss += c * (value - x[i]) * (value - x[i]);
            g[i] = 2 * c * (value - x[i]) * slope;
        }
        if (gradient is null)
            return loss;
        for (int k = 0; k < m; k++)
        {
            double e = 0;
            for (int i = 0; i < n; i++)
                e += theta[decoder + k * n + i] * g[i];
            for (int i = 0; i < n; i++)
            {
                gradient[decoder + k * n + i] += h[k] * g[i];
                gradient[k * n + i] += e * x[i];
            }
        }
        for (int i = 0; model.Bias && i < n; i++)
            gradient[bias + i] += g[i];
        return loss;
    }

    private static (double Value, double Slope) Activate(ModelShape model, double z)
    {
        double sigma = 1 / (1 + Math.Exp(-model.Gamma * z));
        return model.Activation switch
        {
            Activation.Relu => z > 0 ? (z, 1) : (0, 0),
            Activation.Linear => (z, 1),
            _ => (z * sigma, sigma + model.Gamma * z * sigma * (1 - sigma)),
        };
    }
}
