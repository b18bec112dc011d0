namespace Geometry.Reports.Phases;

/// <summary>Divides a line of cells into phases: stretches of one label each.</summary>
/// <remarks>
/// <para>Minimises Σ_cells (1 − share of the phase's label in the cell) + λ · (number of borders) with λ = 0.9, exactly, by dynamic
/// programming.</para>
/// <para>A border costs a little less than a cell. A phase of a single cell between two different phases is kept (two borders, 1.8, against
/// one cell and one border, 1.9), and so is one at an end, but one odd cell inside a phase is not a phase (1.8 against 1). Where phases
/// mix, the border contradicts as few runs as possible; on a tie it is as early on the line as possible.</para>
/// <para>O(cells · labels) time; with given buffers it allocates only the result.</para>
/// </remarks>
internal sealed class PhaseSegmentation(int cells, int labels)
{
    /// <summary>Cost of a border, in cells.</summary>
    public const double Border = 0.9;

    private readonly int[] _cameFrom = new int[cells * labels];
    private readonly double[] _cost = new double[labels];
    private readonly double[] _next = new double[labels];

    /// <summary>Writes the label of every cell's phase.</summary>
    /// <param name="shares">Share of each label in each cell, cell-major, cells × labels.</param>
    /// <param name="phases">Receives the index of the label, length cells.</param>
    public void Divide(ReadOnlySpan<double> shares, Span<int> phases)
    {
        for (int l = 0; l < labels; l++)
            _cost[l] = 1 - shares[l];
        for (int c = 1; c < cells; c++)
        {
            int cheapest = Cheapest(_cost);
            for (int l = 0; l < labels; l++)
            {
                bool stay = _cost[l] <= _cost[cheapest] + Border + 1e-9;
                _cameFrom[(c * labels) + l] = stay ? l : cheapest;
                _next[l] = (stay ? _cost[l] : _cost[cheapest] + Border) + 1 - shares[(c * labels) + l];
            }
            _next.CopyTo(_cost, 0);
        }
        int label = Cheapest(_cost);
        for (int c = cells - 1; c >= 0; c--)
        {
            phases[c] = label;
            label = _cameFrom[(c * labels) + label];
        }
    }

    private static int Cheapest(double[] cost)
    {
        int best = 0;
        for (int l = 1; l < cost.Length; l++)
        {
            if (cost[l] < cost[best] - 1e-9)
                best = l;
        }
        return best;
    }
}
