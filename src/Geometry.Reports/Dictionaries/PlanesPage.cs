using Geometry.Storage.Dictionaries;

namespace Geometry.Reports.Dictionaries;

/// <summary>The part of a report about planes of dictionaries.</summary>
/// <param name="Dictionaries">The dictionaries that were searched.</param>
/// <param name="Cards">The planes with a card, by q, then by p.</param>
/// <param name="Found">Number of planes found.</param>
/// <param name="Map">Which planes share features.</param>
public sealed record PlanesPage(IReadOnlyList<DictionarySearch> Dictionaries, IReadOnlyList<StoredPlane> Cards, int Found, PlaneMap Map)
{
    /// <summary>A report without dictionaries.</summary>
    public static PlanesPage None { get; } = new([], [], 0, PlaneMap.Empty);

    /// <summary>The page of a folder's planes.</summary>
    /// <param name="stored">The planes of the folder.</param>
    /// <param name="mostNumbers">Largest number of coordinates on the page; further cards are left out.</param>
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
