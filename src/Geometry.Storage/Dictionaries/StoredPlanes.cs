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
    /// <summary>No dictionary.</summary>
    public static StoredPlanes None { get; } = new([], []);

    /// <summary>Whether a folder's database has labelled inputs, too.</summary>
    public static bool HasRunsBeside(string folder)
    {
        using ResultsDatabase database = ResultsDatabase.Open(Path.Combine(folder, "results.sqlite"));
        return database.ReadInputs().Count > 0;
    }

    /// <summary>Reads the folder; none where <c>planes</c> did not write to it.</summary>
    /// <exception cref="ResultsException">Its database cannot be read, or is damaged.</exception>
    public static StoredPlanes Read(string folder)
    {
        string path = Path.Combine(folder, "results.sqlite");
        if (!File.Exists(path)) return None;
        using ResultsDatabase database = ResultsDatabase.Open(path);
        if (!Has(database, path)) return None;
        try
        {
            DictionarySearch[] dictionaries = [.. ReadDictionaries(database.Connection)];
            ILookup<(string, int, int), (PlaneMember Member, string Name)> members = ReadMembers(database.Connection).ToLookup(x => x.Plane, x => (x.Member, x.Name));
            Dictionary<(string, int), int> order = dictionaries.Select((d, i) => ((d.Source, d.Instance), i)).ToDictionary(x => x.Item1, x => x.i);
            StoredPlane[] planes = [.. ReadPlanes(database.Connection, members).OrderBy(p => order[(p.Source, p.Instance)]).ThenBy(p => p.Place)];
            foreach (StoredPlane plane in planes)
            {
                if (plane.Members.Count == 0 || plane.Members.Any(x => x.Coordinates.Length != plane.Dim)) throw Damaged(path, $"the features of plane {plane.Place} of {plane.Source}");
            }
            return new StoredPlanes(dictionaries, planes);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(path, e);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw Damaged(path, "a row of the planes");
        }
    }

    private static ResultsException Damaged(string path, string what) => new($"{path}: {what} cannot be understood: the database is damaged; 'geometry planes' finds the planes again");

    private static bool Has(ResultsDatabase database, string path)
    {
        try
        {
            return ResultsSchema.ColumnsOf(database.Connection, "plane_features").Count > 0 && ResultsSchema.ColumnsOf(database.Connection, "dictionaries").Count > 0;
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(path, e);
        }
    }

    private static IEnumerable<DictionarySearch> ReadDictionaries(SqliteConnection connection)
    {
        using var rows = new SqliteStatement(connection, "SELECT source, instance, features, dim, duplicates, epsilon, cutoff, wanted_cutoff, effective_dim, fdr, tested FROM dictionaries ORDER BY rowid");
        while (rows.Read())
        {
            yield return new DictionarySearch
            {
                Source = rows.Text(0),
                Instance = (int)rows.Integer(1),
                Features = (int)rows.Integer(2),
                Dim = (int)rows.Integer(3),
                Duplicates = (int)rows.Integer(4),
                Epsilon = rows.Number(5),
                Cutoff = (rows.Number(6), rows.Number(7)),
                EffectiveDimension = rows.Number(8),
                FalseDiscoveryRate = rows.Number(9),
                Tested = Integers(rows.Text(10)),
            };
        }
    }

    private static IEnumerable<((string, int, int) Plane, PlaneMember Member, string Name)> ReadMembers(SqliteConnection connection)
    {
        using var rows = new SqliteStatement(connection, "SELECT source, instance, plane, feature, direction, angle_deg, coordinates, name FROM plane_features ORDER BY source, instance, plane, feature");
        while (rows.Read())
        {
            double[] coordinates = [.. rows.Text(6).Split(' ').Select(x => double.Parse(x, NumberStyles.Float, CultureInfo.InvariantCulture))];
            yield return ((rows.Text(0), (int)rows.Integer(1), (int)rows.Integer(2)), new PlaneMember((int)rows.Integer(3), (int)rows.Integer(4), rows.Number(5), coordinates), rows.Text(7));
        }
    }

    private static IEnumerable<StoredPlane> ReadPlanes(SqliteConnection connection, ILookup<(string, int, int), (PlaneMember Member, string Name)> members)
    {
        using var rows = new SqliteStatement(connection, "SELECT source, instance, plane, dim, count, rms_deg, log10_p, log10_q, shape, residual_deg, mean_norm, contains FROM planes");
        while (rows.Read())
        {
            (string source, int instance, int place) = (rows.Text(0), (int)rows.Integer(1), (int)rows.Integer(2));
            var own = members[(source, instance, place)].ToArray();
            yield return new StoredPlane
            {
                Source = source,
                Instance = instance,
                Place = place,
                Dim = (int)rows.Integer(3),
                Count = (int)rows.Integer(4),
                RmsDegrees = rows.Number(5),
                Log10P = rows.Number(6),
                Log10Q = rows.Number(7),
                Shape = rows.Text(8),
                ResidualDegrees = rows.Number(9),
                MeanNorm = rows.Number(10),
                Contains = Integers(rows.Text(11)),
                Members = [.. own.Select(x => x.Member)],
                Names = own.Any(x => x.Name.Length > 0) ? [.. own.Select(x => x.Name)] : [],
            };
        }
    }

    private static int[] Integers(string text) => text.Length == 0 ? [] : [.. text.Split(' ').Select(x => int.Parse(x, NumberStyles.None, CultureInfo.InvariantCulture))];
}
