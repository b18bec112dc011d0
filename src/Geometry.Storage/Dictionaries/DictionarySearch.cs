using Geometry.Dictionaries;

namespace Geometry.Storage.Dictionaries;

/// <summary>The search for planes in one dictionary: a row of table <c>dictionaries</c>.</summary>
public sealed record DictionarySearch
{
    /// <summary>Name of the input.</summary>
    public required string Source { get; init; }

    /// <summary>Index of its weight matrix in the input.</summary>
    public required int Instance { get; init; }

    /// <summary>Number n of features, without those of norm zero.</summary>
    public required int Features { get; init; }

    /// <summary>m.</summary>
    public required int Dim { get; init; }

    /// <summary>Number of features that are near-copies of an earlier one.</summary>
    public required int Duplicates { get; init; }

    /// <summary>ε, the largest distance of a direction from its plane.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Smallest |cosine| of strong pairs: the one that was used, and the one that the bound asks for.</summary>
    public required (double Used, double Wanted) Cutoff { get; init; }

    /// <summary>Effective number of dimensions of the second moment.</summary>
    public required double EffectiveDimension { get; init; }

    /// <summary>The share of false discoveries that was asked for.</summary>
    public required double FalseDiscoveryRate { get; init; }

    /// <summary>Number of planes tested, by dimension from 1 on.</summary>
    public required IReadOnlyList<int> Tested { get; init; }

    /// <summary>Number of planes found.</summary>
    public required int Planes { get; init; }

    /// <summary>The row for a search.</summary>
    internal static DictionarySearch Of(string source, int instance, DictionaryPlanes found, PlaneSearchOptions options) =>
        new()
        {
            Source = source,
            Instance = instance,
            Features = found.Features,
            Dim = found.Dim,
            Duplicates = found.Duplicates,
            Epsilon = found.Epsilon,
            Cutoff = (found.Cutoff, found.WantedCutoff),
            EffectiveDimension = found.EffectiveDimension,
            FalseDiscoveryRate = options.FalseDiscoveryRate,
            Tested = found.Tested,
            Planes = found.Planes.Count,
        };
}
