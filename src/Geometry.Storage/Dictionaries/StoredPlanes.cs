using System.Globalization;
using Geometry.Dictionaries;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Dictionaries;

/// <summary>The dictionaries and planes of a folder that <c>planes</c> wrote.</summary>
/// <param name="Dictionaries">The dictionaries, in the order of the search.</param>
/// <param name="Planes">Their planes, by dictionary and q.</param>
public sealed record StoredPlanes(IReadOnlyList<DictionarySearch> Dictionaries, IReadOnlyList<StoredPlane> Planes)
{
    /// <summary>No dictionaries and no planes.</summary>
    public static StoredPlanes None { get; } = new([], []);

    /// <summary>Whether a folder's database also has labelled inputs.</summary>
    public static bool HasRunsBeside(string folder)
    {
        using ResultsDatabase database = ResultsDatabase.Open(Path.Combine(folder, "results.sqlite"));
        return database.ReadInputs().Count > 0;
    }

    /// <summary>Reads the folder; <see cref="None"/> where <c>planes</c> did not write to it.</summary>
    /// <remarks>
    /// Every row is checked against its checksum. Missing rows are noticed, because a dictionary counts its planes and a plane lists its
    /// features.
    /// </remarks>
    /// <exception cref="ResultsException">Its database cannot be read, is damaged, or is of an earlier version.</exception>
    public static StoredPlanes Read(string folder)
    {
        string path = Path.Combine(folder, "results.sqlite");
        if (!File.Exists(path))
            return None;
        using ResultsDatabase database = ResultsDatabase.Open(path);
        try
        {
            (bool Exists, bool HasChecksums)[] tables =
            [
                PlanesStore.Dictionaries.In(database.Connection),
                PlanesStore.Planes.In(database.Connection),
                PlanesStore.Features.In(database.Connection),
            ];
            if (!tables.Any(t => t.Exists))
                return None;
            if (!tables.All(t => t.HasChecksums))
                throw new ResultsException(
                    $"{path}: its planes are of an earlier version, without checksums of their rows, or damaged; 'geometry planes' "
                        + $"finds them again"
                );
            DictionarySearch[] dictionaries = [.. ReadDictionaries(database.Connection)];
            ILookup<(string, int, int), (PlaneMember Member, string Name)> members = ReadMembers(database.Connection)
                .ToLookup(x => x.Plane, x => (x.Member, x.Name));
            ILookup<(string, int), StoredPlane> planes = ReadPlanes(database.Connection, members).ToLookup(p => (p.Source, p.Instance));
            if (
                planes.Sum(g => g.Sum(p => p.Members.Count)) != members.Sum(g => g.Count())
                || planes.Count > dictionaries.Count(d => d.Planes > 0)
            )
                throw new FormatException("rows of no dictionary");
            foreach (DictionarySearch d in dictionaries)
            {
                int found = planes[(d.Source, d.Instance)].Count();
                if (found != d.Planes)
                    throw new FormatException($"{found} of the {d.Planes} planes of {d.Source}, instance {d.Instance}");
            }
            return new StoredPlanes(dictionaries, [.. dictionaries.SelectMany(d => planes[(d.Source, d.Instance)].OrderBy(p => p.Place))]);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(path, e);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            string found = e is FormatException ? e.Message : "a row that cannot be understood";
            throw new ResultsException($"{path}: {found}: the database is damaged; 'geometry planes' finds the planes again");
        }
    }

    private static IEnumerable<DictionarySearch> ReadDictionaries(SqliteConnection connection)
    {
        foreach (SqliteStatement row in PlanesStore.Dictionaries.Rows(connection, "rowid"))
        {
            yield return new DictionarySearch
            {
                Source = row.Text(0),
                Instance = (int)row.Integer(1),
                Features = (int)row.Integer(2),
                Dim = (int)row.Integer(3),
                Duplicates = (int)row.Integer(4),
                Epsilon = row.Number(5),
                Cutoff = (row.Number(6), row.Number(7)),
                EffectiveDimension = row.Number(8),
                FalseDiscoveryRate = row.Number(9),
                Tested = Integers(row.Text(10)),
                Planes = (int)row.Integer(11),
            };
        }
    }

    private static IEnumerable<((string, int, int) Plane, PlaneMember Member, string Name)> ReadMembers(SqliteConnection connection)
    {
        foreach (SqliteStatement row in PlanesStore.Features.Rows(connection))
        {
            double[] coordinates =
            [
                .. row.Text(6).Split(' ').Select(x => double.Parse(x, NumberStyles.Float, CultureInfo.InvariantCulture)),
            ];
            yield return (
                (row.Text(0), (int)row.Integer(1), (int)row.Integer(2)),
                new PlaneMember((int)row.Integer(3), (int)row.Integer(4), row.Number(5), coordinates),
                row.Text(7)
            );
        }
    }

    private static IEnumerable<StoredPlane> ReadPlanes(
        SqliteConnection connection,
        ILookup<(string, int, int), (PlaneMember Member, string Name)> members
    )
    {
        foreach (SqliteStatement row in PlanesStore.Planes.Rows(connection))
        {
            (string source, int instance, int place, int dim) = (
                row.Text(0),
                (int)row.Integer(1),
                (int)row.Integer(2),
                (int)row.Integer(3)
            );
            var own = members[(source, instance, place)].ToArray();
            if (PlaneRow.Joined(own.Select(x => x.Member.Feature)) != row.Text(5) || own.Any(x => x.Member.Coordinates.Length != dim))
                throw new FormatException($"the features of plane {place} of {source}, instance {instance}, are not those it lists");
            yield return new StoredPlane
            {
                Source = source,
                Instance = instance,
                Place = place,
                Dim = dim,
                Count = (int)row.Integer(4),
                RmsDegrees = row.Number(6),
                Shape = row.Text(9),
                ResidualDegrees = row.Number(10),
                MeanNorm = row.Number(11),
                Log10P = row.Number(12),
                Log10Q = row.Number(13),
                Contains = Integers(row.Text(14)),
                Members = [.. own.Select(x => x.Member)],
                Names = own.Any(x => x.Name.Length > 0) ? [.. own.Select(x => x.Name)] : [],
            };
        }
    }

    private static int[] Integers(string text) =>
        text.Length == 0 ? [] : [.. text.Split(' ').Select(x => int.Parse(x, NumberStyles.None, CultureInfo.InvariantCulture))];
}

/// <summary>A plane, read back from a folder that <c>planes</c> wrote.</summary>
public sealed record StoredPlane
{
    /// <summary>Name of the input.</summary>
    public required string Source { get; init; }

    /// <summary>Index of its weight matrix in the input.</summary>
    public required int Instance { get; init; }

    /// <summary>Number of the plane in its dictionary, in the order of q.</summary>
    public required int Place { get; init; }

    /// <summary>k.</summary>
    public required int Dim { get; init; }

    /// <summary>Number of distinct directions.</summary>
    public required int Count { get; init; }

    /// <summary>Root mean square angle between directions and plane, degrees.</summary>
    public required double RmsDegrees { get; init; }

    /// <summary>log10 of p.</summary>
    public required double Log10P { get; init; }

    /// <summary>log10 of q.</summary>
    public required double Log10Q { get; init; }

    /// <summary>Name of the shape.</summary>
    public required string Shape { get; init; }

    /// <summary>RMS difference of angles from the shape, degrees; NaN without one.</summary>
    public required double ResidualDegrees { get; init; }

    /// <summary>Mean norm of the features' columns.</summary>
    public required double MeanNorm { get; init; }

    /// <summary>Numbers of the smaller planes inside it.</summary>
    public required IReadOnlyList<int> Contains { get; init; }

    /// <summary>The features, ascending, near-copies included.</summary>
    public required IReadOnlyList<PlaneMember> Members { get; init; }

    /// <summary>The names of the features; empty where none were given.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The name of member i, or its number where it has none.</summary>
    public string NameOf(int i) =>
        Names.Count > 0 && Names[i].Length > 0 ? Names[i] : Members[i].Feature.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The same for a plane that was just found.</summary>
    public static StoredPlane Of(PlaneRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var n = row.Numbers;
        return new StoredPlane
        {
            Source = row.Source,
            Instance = row.Instance,
            Place = row.Place,
            Dim = row.Plane.Dim,
            Count = row.Plane.Count,
            RmsDegrees = n.Rms,
            Log10P = n.LogP,
            Log10Q = n.LogQ,
            Shape = row.Plane.Shape,
            ResidualDegrees = n.Residual,
            MeanNorm = n.Norm,
            Contains = row.Plane.Inside,
            Members = row.Plane.Members,
            Names = row.Names,
        };
    }
}
