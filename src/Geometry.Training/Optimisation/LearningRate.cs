namespace Geometry.Training.Optimisation;

/// <summary>The learning rate of each step.</summary>
internal static class LearningRate
{
    /// <summary>The rate of the step after <paramref name="finished"/> steps: lr, lr·½(1 + cos(πt/T)) or lr·(1 − t/T).</summary>
    internal static double At(TrainingPlan plan, int finished)
    {
        double share = (double)finished / plan.Steps;
        return plan.Schedule switch
        {
            Schedule.Cosine => plan.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * share)),
            Schedule.Linear => plan.LearningRate * (1 - share),
            _ => plan.LearningRate,
        };
    }
}
