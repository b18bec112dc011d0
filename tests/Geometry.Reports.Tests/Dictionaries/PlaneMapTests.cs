using Geometry.Dictionaries;
using Geometry.Reports.Dictionaries;
using Geometry.Storage.Dictionaries;
using Xunit;

namespace Geometry.Reports.Tests.Dictionaries;

public class PlaneMapTests
{
    [Fact]
    public void Planes_that_share_features_are_linked_and_stand_near_each_other()
    {
        StoredPlane[] planes =
        [
            Plane(0, 1, 2, 3),
            Plane(1, 3, 4, 5),
            Plane(2, 10, 11, 12),
            Plane(3, 20, 21, 22, 23),
            Plane(4, 21, 22, 30),
            Plane(5, 5, 40, 41),
        ];
        PlaneMap map = PlaneMap.Of(planes);
        Assert.Equal([(0, 1, "3"), (1, 5, "5"), (3, 4, "21 22")], map.Links.Select(l => (l.A, l.B, string.Join(' ', l.Shared))));
        Assert.Equal([0, 1, 3, 4, 5], map.Places.Select(p => p.Plane).Order());
        Dictionary<int, (double X, double Y)> at = map.Places.ToDictionary(p => p.Plane, p => (p.X, p.Y));
        double linked = map.Links.Max(l => Distance(at[l.A], at[l.B])),
            apart = new[] { 0, 1, 5 }.Min(a => new[] { 3, 4 }.Min(b => Distance(at[a], at[b])));
        Assert.InRange(linked, 0.5, 1.6);
        Assert.True(apart > 1, $"groups are {apart} apart");
        Assert.Equal(map.Places, PlaneMap.Of(planes).Places);
    }

    [Fact]
    public void Planes_of_two_dictionaries_share_nothing() =>
        Assert.Empty(PlaneMap.Of([Plane(0, 1, 2, 3), Plane(0, 1, 2, 3) with { Source = "other.npz" }]).Links);

    [Fact]
    public void A_map_has_room_for_so_many()
    {
        StoredPlane[] chain = [.. Enumerable.Range(0, 450).Select(i => Plane(i, i, i + 1, 10_000 + i))];
        Assert.Equal((0, 450), (PlaneMap.Of(chain).Places.Count, PlaneMap.Of(chain).LeftOut));
    }

    [Fact]
    public void Cards_come_by_q_and_stop_where_the_page_would_be_too_large()
    {
        StoredPlane[] planes =
        [
            Plane(0, 1, 2, 3) with
            {
                Log10Q = -3,
            },
            Plane(1, 4, 5, 6) with
            {
                Log10Q = -9,
            },
            Plane(2, 7, 8, 9) with
            {
                Log10Q = -5,
            },
        ];
        Assert.Equal([1, 2, 0], PlanesPage.Of(new StoredPlanes([], planes), 1000).Cards.Select(c => c.Place));
        PlanesPage small = PlanesPage.Of(new StoredPlanes([], planes), 12);
        Assert.Equal((2, 3), (small.Cards.Count, small.Found));
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));

    private static StoredPlane Plane(int place, params int[] features) =>
        new()
        {
            Source = "d.npz",
            Instance = 0,
            Place = place,
            Dim = 2,
            Count = features.Length,
            RmsDegrees = 1,
            Log10P = -20,
            Log10Q = -10,
            Shape = "irregular(2,3)",
            ResidualDegrees = double.NaN,
            MeanNorm = 1,
            Contains = [],
            Members = [.. features.Select(f => new PlaneMember(f, f, 1, [1, 0]))],
            Names = [],
        };
}
