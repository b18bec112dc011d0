namespace Geometry.Theory.Pairs;

/// <summary>The function of two Boolean features that is read from the neurons.</summary>
public enum PairTask
{
    /// <summary>x_i ∧ x_j.</summary>
    And,

    /// <summary>x_i ⊕ x_j = x_i + x_j − 2(x_i ∧ x_j).</summary>
    Xor,
}

/// <summary>The kind of readoff.</summary>
public enum PairReadoff
{
    /// <summary>A linear function of the neurons whose coefficients follow from the signs or ones in the pair's two columns of V.</summary>
    Constructed,

    /// <summary>The affine function of the neurons with the least squared error.</summary>
    LeastSquares,

    /// <summary>The affine function of the two inputs with the smallest largest error, which needs no neurons.</summary>
    Affine,
}

/// <summary>The cases and true values of the tasks.</summary>
public static class PairTasks
{
    /// <summary>The cases of two Boolean features: none, the first, the second, both active.</summary>
    public const int Cases = 4;

    /// <summary>Number of active features in a case.</summary>
    /// <param name="case">0 … 3.</param>
    public static int Ones(int @case) => (@case & 1) + (@case >> 1);

    /// <summary>The value to be read.</summary>
    /// <param name="task">The task.</param>
    /// <param name="ones">Number of active features, 0 … 2.</param>
    public static double Truth(PairTask task, int ones) =>
        task == PairTask.And ? (ones == 2 ? 1 : 0)
        : ones == 1 ? 1
        : 0;
}
