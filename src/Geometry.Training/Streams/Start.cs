namespace Geometry.Training.Streams;

/// <summary>
/// The start of a run. Weights: Xavier-normal, entries of mean 0 and standard deviation √(2/(n+m)) (Glorot and Bengio 2010, AISTATS), independent
/// of each other and between encoder and decoder. Bias: 0.
/// </summary>
/// <remarks>
/// The published notebook fills one tensor (I, n, m) for I instances, for which PyTorch counts fan-in n·m and fan-out I·m, hence a standard
/// deviation √(2/((n+I)·m)) that depends on how many other models happen to share the tensor. Runs are independent here, so that the fans are those
/// of each run's own matrix, n and m.
/// </remarks>
internal static class Start
{
    /// <summary>The standard deviation √(2/(n+m)) of a weight.</summary>
    internal static double Deviation(ModelShape model) => Math.Sqrt(2.0 / (model.Features + (double)model.Hidden));

    /// <summary>Fills the parameters: encoder, decoder if untied, bias if there is one.</summary>
    /// <remarks>
    /// theta: The parameters, laid out as <see cref="Engine.ParameterLayout"/> says.
    /// </remarks>
    internal static void Fill(TrainingRun run, Span<float> theta)
    {
        theta.Clear();
        ModelShape model = run.Model;
        int weights = model.Features * model.Hidden * (model.Tied ? 1 : 2);
        double deviation = Deviation(model);
        var stream = new RandomStream((uint)run.Seed, (uint)run.Index, 0, Purpose.Start);
        for (int i = 0; i < weights; i += 2)
        {
            // Box and Muller 1958, doi:10.1214/aoms/1177706645; 1 − u keeps the logarithm finite.
            double radius = Math.Sqrt(-2 * Math.Log(1 - stream.Uniform((uint)i, 0))) * deviation;
            double angle = 2 * Math.PI * stream.Uniform((uint)i, 1);
            theta[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < weights) theta[i + 1] = (float)(radius * Math.Sin(angle));
        }
    }
}
