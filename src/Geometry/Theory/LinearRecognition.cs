using System.Globalization;
using Geometry.Configurations;
using Geometry.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>A number of dimensions in the eigenspace of one eigenvalue.</summary>
/// <param name="First">Index of the first eigenvector of the eigenvalue, where index 0 belongs to the largest eigenvalue.</param>
/// <param name="Size">Dimension of the eigenspace.</param>
/// <param name="Taken">Number of its dimensions that are taken, 1 … Size.</param>
public readonly record struct EigenvectorGroup(int First, int Size, int Taken);

/// <summary>The critical point nearest to a trained linear model.</summary>
/// <param name="Groups">The eigenvectors in its subset I, by falling eigenvalue.</param>
/// <param name="Residual">‖AB − P‖_F/√2 where P is the projector onto their span, dimensionless: a chordal distance where AB is a projector
/// too.</param>
/// <param name="Loss">tr (1−AB)Σ(1−AB)ᵀ of the model, with the best bias where it has one.</param>
/// <param name="PointLoss">tr Σ − Σ_I λ of the critical point.</param>
public sealed record LinearMatch(IReadOnlyList<EigenvectorGroup> Groups, double Residual, double Loss, double PointLoss)
{
    /// <summary>Largest residual of a model that counts as being at a critical point.</summary>
    public const double Near = 0.1;

    /// <summary>Whether the model is at the critical point.</summary>
    public bool IsNear => Residual <= Near;

    /// <summary>
    /// The subset in words: <c>eigenvectors 0 1</c>, or <c>eigenvectors 0 and 2 of 1-4</c> where two dimensions of a four-dimensional
    /// eigenspace are taken.
    /// </summary>
    public string Name => LinearRecognition.NameOf(Groups);
}

/// <summary>Recognises a trained linear autoencoder x ↦ AᵀBx as A = U_I C, B = C⁻¹U_Iᵀ, and names the subset I of eigenvectors.</summary>
/// <remarks>
/// <para>
/// C need not be known, because AB is the projector onto the span of U_I for any C. With importances the model is y ↦ D(AB)D⁻¹y in y = Dx,
/// D = diag(√I), with covariance DΣD. In the eigenbasis of the covariance the map is the identity on I and 0 elsewhere. Where eigenvalues
/// are equal, their block is a projector, whose rank is the number of eigenvalues above ½ of the block's symmetric part. Weight decay
/// shrinks the map a little, which enlarges the residual.
/// </para>
/// Source: Baldi and Hornik 1989, doi:10.1016/0893-6080(89)90014-2; notes on linear and sparse autoencoders, (⋆). O(n³).
/// </remarks>
public sealed class LinearRecognition
{
    /// <summary>Largest relative difference of eigenvalues that count as equal.</summary>
    private const double Equal = 1e-9;

    private readonly double[] _roots;
    private readonly Matrix<double> _covariance,
        _vectors;
    private readonly double[] _spectrum;
    private readonly List<(int First, int Size)> _levels = [];

    /// <summary>Prepares the recognition of models that were trained on one kind of data.</summary>
    /// <param name="density">p, in (0, 1].</param>
    /// <param name="importance">I_1 … I_n, each &gt; 0.</param>
    /// <param name="bias">Whether the model has a bias.</param>
    public LinearRecognition(double density, IReadOnlyList<double> importance, bool bias)
    {
        ArgumentNullException.ThrowIfNull(importance);
        int n = importance.Count;
        _roots = [.. importance.Select(Math.Sqrt)];
        _covariance = Matrix<double>.Build.DenseOfRowMajor(n, n, SparseCovariance.Matrix(density, importance, bias));
        var eigen = _covariance.Evd(Symmetricity.Symmetric);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => eigen.EigenValues[i].Real)];
        _spectrum = [.. order.Select(i => eigen.EigenValues[i].Real)];
        _vectors = Matrix<double>.Build.DenseOfColumnVectors(order.Select(i => eigen.EigenVectors.Column(i)));
        for (int i = 0; i < n; i++)
        {
            if (i > 0 && _spectrum[i - 1] - _spectrum[i] <= Equal * _spectrum[0])
                _levels[^1] = (_levels[^1].First, _levels[^1].Size + 1);
            else
                _levels.Add((i, 1));
        }
    }

    /// <summary>The minimum: the eigenvectors of the d largest eigenvalues, and its loss.</summary>
    /// <param name="hidden">d ≥ 1.</param>
    public LinearMatch Minimum(int hidden)
    {
        var groups = new List<EigenvectorGroup>();
        int left = hidden;
        foreach ((int first, int size) in _levels)
        {
            if (left <= 0)
                break;
            groups.Add(new EigenvectorGroup(first, size, Math.Min(left, size)));
            left -= size;
        }
        double loss = LossOf(groups);
        return new LinearMatch(groups, 0, loss, loss);
    }

    /// <summary>The critical point nearest to a model.</summary>
    /// <param name="encoder">B, d×n.</param>
    /// <param name="decoder">A, d×n; null for a tied model.</param>
    public LinearMatch Match(FeatureConfiguration encoder, FeatureConfiguration? decoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        decoder ??= encoder;
        int n = _roots.Length;
        if (encoder.Features != n || decoder.Features != n || decoder.Hidden != encoder.Hidden)
            throw new ArgumentException(
                $"expected encoder and decoder of {n} features, found {encoder.Hidden}×{encoder.Features} and "
                    + $"{decoder.Hidden}×{decoder.Features}"
            );
        var map = Matrix<double>.Build.Dense(n, n, (i, j) => _roots[i] / _roots[j] * Vectors.Dot(decoder.Column(i), encoder.Column(j)));
        Matrix<double> rest = Matrix<double>.Build.DenseIdentity(n) - map,
            turned = _vectors.TransposeThisAndMultiply(map * _vectors);
        double loss = (rest * _covariance).PointwiseMultiply(rest).Enumerate().Sum();
        var groups = new List<EigenvectorGroup>();
        foreach ((int first, int size) in _levels)
        {
            Matrix<double> block = turned.SubMatrix(first, size, first, size);
            var eigen = ((block + block.Transpose()) / 2).Evd(Symmetricity.Symmetric);
            int[] taken = [.. Enumerable.Range(0, size).Where(k => eigen.EigenValues[k].Real > 0.5)];
            if (taken.Length == 0)
                continue;
            groups.Add(new EigenvectorGroup(first, size, taken.Length));
            foreach (int k in taken)
            {
                Vector<double> v = eigen.EigenVectors.Column(k);
                turned.SetSubMatrix(first, first, turned.SubMatrix(first, size, first, size) - v.OuterProduct(v));
            }
        }
        return new LinearMatch(groups, turned.FrobeniusNorm() / Math.Sqrt(2), loss, LossOf(groups));
    }

    internal static string NameOf(IReadOnlyList<EigenvectorGroup> groups)
    {
        if (groups.Count == 0)
            return "no eigenvector";
        IEnumerable<string> parts = groups.Select(g =>
            g.Taken == g.Size
                ? string.Join(' ', Enumerable.Range(g.First, g.Size))
                : string.Create(CultureInfo.InvariantCulture, $"{g.Taken} of {g.First}-{g.First + g.Size - 1}")
        );
        string[] whole = [.. groups.Zip(parts).Where(p => p.First.Taken == p.First.Size).Select(p => p.Second)],
            some = [.. groups.Zip(parts).Where(p => p.First.Taken < p.First.Size).Select(p => p.Second)];
        return "eigenvectors " + string.Join(" and ", [.. whole.Length > 0 ? [string.Join(' ', whole)] : Array.Empty<string>(), .. some]);
    }

    private double LossOf(IEnumerable<EigenvectorGroup> groups) => _spectrum.Sum() - groups.Sum(g => g.Taken * _spectrum[g.First]);
}
