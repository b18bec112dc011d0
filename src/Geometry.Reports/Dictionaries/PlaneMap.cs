using Geometry.Storage.Dictionaries;

namespace Geometry.Reports.Dictionaries;

/// <summary>Two planes with a feature in common.</summary>
/// <param name="A">Index of one.</param>
/// <param name="B">Index of the other, larger than A.</param>
/// <param name="Shared">The features in both.</param>
public sealed record PlaneLink(int A, int B, IReadOnlyList<int> Shared);

/// <summary>
/// Which planes share features, and where to draw them: linked planes near each other, groups without a common link apart.
/// </summary>
/// <remarks>
/// A group is laid out by springs: linked planes attract each other to a distance of 1, all planes repel each other, in steps that shrink
/// (Fruchterman and Reingold 1991, doi:10.1002/spe.4380211102). It starts from a circle, so equal planes give equal maps. Groups are placed
/// in rows, largest first. Planes that share nothing are not on the map. Complexity: O(g²) per step for a group of g planes; at most <see
/// cref="MostPlaces"/> planes are drawn.
/// </remarks>
/// <param name="Places">Index of a plane, and its position.</param>
/// <param name="Links">The links between planes on the map.</param>
/// <param name="LeftOut">Number of planes that share features but have no room on the map.</param>
public sealed record PlaneMap(IReadOnlyList<(int Plane, double X, double Y)> Places, IReadOnlyList<PlaneLink> Links, int LeftOut)
{
    private const int MostPlaces = 400,
        Steps = 300;

    /// <summary>A map without planes.</summary>
    public static PlaneMap Empty { get; } = new([], [], 0);

    /// <summary>The map of some planes.</summary>
    public static PlaneMap Of(IReadOnlyList<StoredPlane> planes)
    {
        PlaneLink[] links = Shared(planes);
        int[][] groups = [.. Groups(planes.Count, links).OrderByDescending(g => g.Length)];
        var places = new List<(int Plane, double X, double Y)>();
        int room = MostPlaces;
        var shelf = new Shelves(Math.Sqrt(groups.Take(MostPlaces).Sum(g => g.Length * 4.0)));
        foreach (int[] group in groups)
        {
            if (group.Length > room)
                continue;
            room -= group.Length;
            (double X, double Y)[] at = Springs(group, links);
            double left = at.Min(p => p.X),
                bottom = at.Min(p => p.Y);
            (double x, double y) = shelf.Next(at.Max(p => p.X) - left + 1.5, at.Max(p => p.Y) - bottom + 1.5);
            for (int i = 0; i < group.Length; i++)
                places.Add((group[i], x + at[i].X - left, -(y + at[i].Y - bottom)));
        }
        HashSet<int> drawn = [.. places.Select(p => p.Plane)];
        return new PlaneMap(
            places,
            [.. links.Where(l => drawn.Contains(l.A) && drawn.Contains(l.B))],
            groups.Sum(g => g.Length) - drawn.Count
        );
    }

    private static PlaneLink[] Shared(IReadOnlyList<StoredPlane> planes)
    {
        var holding = new Dictionary<(string, int, int), List<int>>();
        var shared = new SortedDictionary<(int, int), List<int>>();
        for (int b = 0; b < planes.Count; b++)
        {
            foreach (int feature in planes[b].Members.Select(p => p.Feature))
            {
                var key = (planes[b].Source, planes[b].Instance, feature);
                if (!holding.TryGetValue(key, out List<int>? others))
                    holding[key] = others = [];
                foreach (int a in others)
                {
                    if (!shared.TryGetValue((a, b), out List<int>? list))
                        shared[(a, b)] = list = [];
                    list.Add(feature);
                }
                others.Add(b);
            }
        }
        return [.. shared.Select(x => new PlaneLink(x.Key.Item1, x.Key.Item2, x.Value))];
    }

    /// <summary>Groups of two or more planes that are connected by links, ascending.</summary>
    private static IEnumerable<int[]> Groups(int count, PlaneLink[] links)
    {
        int[] root = [.. Enumerable.Range(0, count)];
        int Find(int i)
        {
            while (root[i] != i)
                i = root[i] = root[root[i]];
            return i;
        }
        foreach (PlaneLink link in links)
        {
            (int a, int b) = (Find(link.A), Find(link.B));
            root[Math.Max(a, b)] = Math.Min(a, b);
        }
        return Enumerable.Range(0, count).GroupBy(Find).Where(g => g.Count() > 1).Select(g => g.ToArray());
    }

    private static (double X, double Y)[] Springs(int[] group, PlaneLink[] links)
    {
        int g = group.Length;
        (double X, double Y)[] at =
        [
            .. Enumerable.Range(0, g).Select(i => Math.SinCos(2 * Math.PI * i / g)).Select(p => (p.Cos * g / 6, p.Sin * g / 6)),
        ];
        Dictionary<int, int> place = group.Select((plane, i) => (plane, i)).ToDictionary(x => x.plane, x => x.i);
        (int A, int B)[] pulls = [.. links.Where(l => place.ContainsKey(l.A)).Select(l => (place[l.A], place[l.B]))];
        var move = new (double X, double Y)[g];
        for (int step = 0; step < Steps; step++)
        {
            Array.Clear(move);
            for (int i = 0; i < g; i++)
            {
                for (int j = i + 1; j < g; j++)
                {
                    (double x, double y) = (at[i].X - at[j].X, at[i].Y - at[j].Y);
                    double push = 1 / Math.Max((x * x) + (y * y), 1e-4);
                    (move[i].X, move[i].Y, move[j].X, move[j].Y) = (
                        move[i].X + (x * push),
                        move[i].Y + (y * push),
                        move[j].X - (x * push),
                        move[j].Y - (y * push)
                    );
                }
            }
            foreach ((int a, int b) in pulls)
            {
                (double x, double y) = (at[a].X - at[b].X, at[a].Y - at[b].Y);
                double pull = Math.Sqrt((x * x) + (y * y));
                (move[a].X, move[a].Y, move[b].X, move[b].Y) = (
                    move[a].X - (x * pull),
                    move[a].Y - (y * pull),
                    move[b].X + (x * pull),
                    move[b].Y + (y * pull)
                );
            }
            double most = 0.5 * (1 - ((double)step / Steps));
            for (int i = 0; i < g; i++)
            {
                double length = Math.Sqrt((move[i].X * move[i].X) + (move[i].Y * move[i].Y)),
                    scale = length > most ? most / length : 1;
                at[i] = (at[i].X + (scale * move[i].X), at[i].Y + (scale * move[i].Y));
            }
        }
        return at;
    }

    /// <summary>Places boxes side by side until a row is full, then in the next row.</summary>
    private sealed class Shelves(double width)
    {
        private double _x,
            _y,
            _height;

        public (double X, double Y) Next(double boxWidth, double boxHeight)
        {
            if (_x > 0 && _x + boxWidth > Math.Max(width * 1.6, boxWidth))
                (_x, _y, _height) = (0, _y + _height, 0);
            (double x, double y) = (_x, _y);
            _x += boxWidth;
            _height = Math.Max(_height, boxHeight);
            return (x, y);
        }
    }
}
