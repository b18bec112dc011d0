using Geometry.Configurations;
using Geometry.Labels;

namespace Geometry.Cli.Inspect;

/// <summary>Cosines between the learned features, in an order in which every summand is a diagonal block.</summary>
/// <remarks>Row-major N×N over the features in <see cref="Order"/>; N is the number of features that belong to a summand.</remarks>
internal sealed class CosineMatrix
{
    private readonly double[] _cosines;

    public CosineMatrix(FeatureConfiguration configuration, IReadOnlyList<Summand> summands)
    {
        Order = [.. summands.SelectMany(s => s.Features)];
        Blocks = Group(summands);
        int n = Order.Length,
            m = configuration.Hidden;
        var units = new double[n * m];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> column = configuration.Column(Order[i]);
            double largest = 0,
                norm = 0;
            foreach (double x in column)
                largest = Math.Max(largest, Math.Abs(x));
            if (largest == 0)
                continue;
            foreach (double x in column)
                norm += x / largest * (x / largest);
            for (int d = 0; d < m; d++)
                units[(i * m) + d] = column[d] / largest / Math.Sqrt(norm);
        }
        _cosines = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double dot = 0;
                for (int d = 0; d < m; d++)
                    dot += units[(i * m) + d] * units[(j * m) + d];
                _cosines[(i * n) + j] = Math.Clamp(dot, -1, 1);
            }
        }
    }

    /// <summary>The features, summand by summand.</summary>
    public int[] Order { get; }

    /// <summary>The diagonal blocks that are drawn separately.</summary>
    public IReadOnlyList<GramBlock> Blocks { get; }

    public int Size => Order.Length;

    public double this[int row, int column] => _cosines[(row * Size) + column];

    /// <summary>Whether a block other than the first starts at this row.</summary>
    public bool StartsBlock(int row) => row > 0 && Blocks.Any(b => b.Start == row);

    /// <summary>
    /// One block per summand; neighbouring small summands of equal shape (pairs, single features) share one, because their frames would
    /// hide them.
    /// </summary>
    private static List<GramBlock> Group(IReadOnlyList<Summand> summands)
    {
        var blocks = new List<GramBlock>();
        int start = 0;
        for (int i = 0; i < summands.Count; )
        {
            int end = i + 1;
            int count = summands[i].Count;
            string shape = summands[i].Match.Shape;
            if (count <= 2)
            {
                while (end < summands.Count && summands[end].Count == count && summands[end].Match.Shape == shape)
                    end++;
            }
            blocks.Add(new GramBlock(start, (end - i) * count, end - i > 1 ? FormattableString.Invariant($"{end - i} {shape}") : shape));
            start += (end - i) * count;
            i = end;
        }
        return blocks;
    }
}

/// <summary>Rows Start … Start+Size−1 of a <see cref="CosineMatrix"/>, with their name.</summary>
internal sealed record GramBlock(int Start, int Size, string Name);
