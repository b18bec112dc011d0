using Geometry.Storage.Dictionaries;

namespace Geometry.Reports.Dictionaries;

/// <summary>What a report says of the planes of dictionaries.</summary>
/// <param name="Dictionaries">The dictionaries that were searched.</param>
/// <param name="Cards">The planes that have a card, by q, then by p.</param>
/// <param name="Found">How many planes were found in all.</param>
/// <param name="Map">Which of them share features.</param>
public sealed record PlanesPage(IReadOnlyList<DictionarySearch> Dictionaries, IReadOnlyList<StoredPlane> Cards, int Found, PlaneMap Map)
{
    /// <summary>No dictionary was searched.</summary>
    public static PlanesPage None { get; } = new([], [], 0, PlaneMap.Empty);

    /// <summary>The page of a folder's planes.</summary>
    /// <param name="stored">The folder's.</param>
    /// <param name="mostNumbers">Most coordinates on the page; cards beyond are left out.</param>
    public static PlanesPage Of(StoredPlanes stored, int mostNumbers)
    {
        var cards = new List<StoredPlane>();
        long numbers = 0;
        foreach (StoredPlane plane in stored.Planes.OrderBy(p => p.Log10Q).ThenBy(p => p.Log10P))
        {
            numbers += (long)plane.Members.Count * plane.Dim;
            if (numbers > mostNumbers)
                break;
            cards.Add(plane);
        }
        return new PlanesPage(stored.Dictionaries, cards, stored.Planes.Count, PlaneMap.Of(cards));
    }
}
