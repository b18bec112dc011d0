namespace Geometry.Grassmannian;

/// <summary>A plane found by sampling, while votes for it still come in.</summary>
internal sealed class FoundPlane
{
    private readonly bool[] _holds;

    internal FoundPlane(int[] features, double[] basis, double residual, int n)
    {
        (Features, Basis, Residual, _holds) = (features, basis, residual, new bool[n]);
        foreach (int j in features)
            _holds[j] = true;
    }

    /// <summary>The features within ε, ascending.</summary>
    internal int[] Features { get; }

    /// <summary>Orthonormal, k×m, one vector a row.</summary>
    internal double[] Basis { get; }

    /// <summary>Root mean square distance of the features.</summary>
    internal double Residual { get; }

    /// <summary>Subsets of pools inside the plane so far.</summary>
    internal long Votes { get; set; }

    /// <summary>Whether every feature of the subset is in the plane.</summary>
    internal bool Holds(ReadOnlySpan<int> subset)
    {
        foreach (int j in subset)
        {
            if (!_holds[j])
                return false;
        }
        return true;
    }
}
