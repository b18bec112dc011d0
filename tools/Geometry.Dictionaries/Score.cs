using Geometry.Dictionaries;

namespace Geometry.Planted;

/// <summary>How well the planes found are those that were planted.</summary>
/// <param name="Recalled">Planted planes, by dimension 2 and 3, most of whose features are most of those of a found plane of that
/// dimension.</param>
/// <param name="False">Found planes of which no planted plane holds most features.</param>
/// <param name="Missed">Features of recalled planes that were not found in them.</param>
internal sealed record Score(int[] Recalled, int False, int Missed)
{
    public static Score Of(PlantedDictionary truth, DictionaryPlanes found)
    {
        int[] recalled = new int[2];
        int missed = 0;
        foreach ((int dim, int[] features) in truth.Planes)
        {
            int most = found
                .Planes.Where(p => p.Dim == dim)
                .Select(p => p.Features.Intersect(features).Count() is var shared && 2 * shared > p.Features.Length ? shared : 0)
                .DefaultIfEmpty(0)
                .Max();
            if (2 * most <= features.Length)
                continue;
            recalled[dim - 2]++;
            missed += features.Length - most;
        }
        int wrong = found.Planes.Count(p => !truth.Planes.Exists(t => 2 * t.Features.Intersect(p.Features).Count() > p.Features.Length));
        return new Score(recalled, wrong, missed);
    }
}
