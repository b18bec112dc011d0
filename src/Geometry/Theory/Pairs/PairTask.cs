namespace Geometry.Theory.Pairs;

/// <summary>What is to be read from the neurons about two Boolean features.</summary>
public enum PairTask
{
    /// <summary>x_i ∧ x_j.</summary>
    And,

    /// <summary>x_i ⊕ x_j = x_i + x_j − 2(x_i ∧ x_j).</summary>
    Xor,
}

/// <summary>How the value of a pair is read off.</summary>
public enum PairReadoff
{
    /// <summary>A linear function of the neurons whose coefficients are written down from the signs or ones of the pair's two columns of
    /// V.</summary>
    Constructed,

    /// <summary>The affine function of the neurons with the least squared error.</summary>
    LeastSquares,

    /// <summary>The affine function of the two inputs with the least worst error: what can be had without any neuron.</summary>
    Affine,
}

/// <summary>What the experiments share about tasks.</summary>
public static class PairTasks
{
    /// <summary>The cases of two Boolean features: none, the first, the second, both active.</summary>
    public const int Cases = 4;

    /// <summary>How many of the two are active in a case.</summary>
    /// <param name="case">0 … 3.</param>
    public static int Ones(int @case) => (@case & 1) + (@case >> 1);

    /// <summary>The value to be read.</summary>
    /// <param name="task">The task.</param>
    /// <param name="ones">How many of the two features are active, 0 … 2.</param>
    public static double Truth(PairTask task, int ones) =>
        task == PairTask.And ? (ones == 2 ? 1 : 0)
        : ones == 1 ? 1
        : 0;
}
