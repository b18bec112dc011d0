namespace Geometry.Training.Optimisation;

/// <summary>The learning rate of each step.</summary>
internal static class LearningRate
{
    /// <summary>The rate of the step after <paramref name="finished"/> steps: lr, lr·½(1 + cos(πt/T)) or lr·(1 − t/T).</summary>
    internal static double At(TrainingPlan plan, int finished) => At(plan.Schedule, plan.LearningRate, (double)finished / plan.Steps);

    /// <summary>The factor that the schedule applies to any rate, 0 … 1.</summary>
    internal static double Share(TrainingPlan plan, int finished) => At(plan.Schedule, 1, (double)finished / plan.Steps);

    private static double At(Schedule schedule, double rate, double share) =>
        schedule switch
        {
            Schedule.Cosine => rate * 0.5 * (1 + Elementary.Cos(Math.PI * share)),
            Schedule.Linear => rate * (1 - share),
            _ => rate,
        };
}
