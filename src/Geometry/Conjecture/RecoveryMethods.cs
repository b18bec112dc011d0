namespace Geometry.Conjecture;

/// <summary>The methods that <c>conjecture</c> compares, in the order of its tables.</summary>
public static class RecoveryMethods
{
    /// <summary>echelon, orthonormal, gram, pipeline, spheres.</summary>
    public static IReadOnlyList<IRecoveryMethod> All { get; } =
    [new EchelonMethod(), new OrthonormalMethod(), new GramMethod(), new PipelineMethod(), new SpheresMethod()];

    /// <summary>Finds a method by its exact name; null when there is none.</summary>
    public static IRecoveryMethod? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
