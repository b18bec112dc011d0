using System.Diagnostics;
using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Benchmarks;

/// <summary>
/// The statements of results.sqlite beside those of Microsoft.Data.Sqlite: inserting the rows of labelled runs and reading features, in one
/// run, with equal numbers of rows asserted. Ours also computes a checksum for every row; the peer stores 0.
/// </summary>
internal static class DatabasePeer
{
    private const int Runs = 50_000,
        Rounds = 3;

    public static void Print()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        FeatureConfiguration[] all = Throughput.Read(Path.Combine(Throughput.Root(), "fixtures/sweeps/poster_n5_m2_s0.npz"));
        RunLabel[] labels = [.. all.Select(w => LabelPipeline.Label(w, new LabelOptions()))];
        string folder = Directory.CreateTempSubdirectory("geometry-database").FullName;
        try
        {
            Console.WriteLine("| task | rows | Microsoft.Data.Sqlite, µs per row | here | ratio |");
            Console.WriteLine("| --- | --- | --- | --- | --- |");
            string ours = Path.Combine(folder, "ours.sqlite"),
                peer = Path.Combine(folder, "peer.sqlite");
            double inserted = Best(() => Insert(ours, all, labels)),
                peerInserted = Best(() => InsertByPeer(peer, ours, all, labels));
            long rows = Count(ours, "runs") + Count(ours, "summands") + Count(ours, "features");
            if (rows != Count(peer, "runs") + Count(peer, "summands") + Count(peer, "features"))
                throw new InvalidOperationException("the two databases have different numbers of rows");
            Row("insert runs, summands, features", rows, peerInserted, inserted);
            double sum = 0,
                peerSum = 0;
            double read = Best(() => sum = Read(ours)),
                peerRead = Best(() => peerSum = ReadByPeer(ours));
            if (sum != peerSum)
                throw new InvalidOperationException("the two readers found different values");
            Row("read features", Count(ours, "features"), peerRead, read);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Row(string task, long rows, double peer, double ours) =>
        Console.WriteLine($"| {task} | {rows} | {1e6 * peer / rows:0.00} | {1e6 * ours / rows:0.00} | {peer / ours:0.0} |");

    private static void Insert(string path, FeatureConfiguration[] all, RunLabel[] labels)
    {
        File.Delete(path);
        using ResultsDatabase database = ResultsDatabase.Open(path);
        var input = new InputRecord
        {
            Source = "runs.npz",
            Fingerprint = "",
            Options = "",
            ParameterNames = [],
            Instances = Runs,
        };
        database.Begin(input, 0);
        var batch = new List<RunResult>();
        for (int i = 0; i < Runs; i++)
        {
            FeatureConfiguration w = all[i % all.Length];
            batch.Add(new RunResult(i, w.Features, w.Hidden, [], null, labels[i % all.Length]));
            if (batch.Count < 64 && i < Runs - 1)
                continue;
            database.Add(input, batch);
            batch.Clear();
        }
        database.Advance(input.Source, Runs, complete: true);
        database.Commit();
    }

    private static void InsertByPeer(string path, string schema, FeatureConfiguration[] all, RunLabel[] labels)
    {
        File.Delete(path);
        using SqliteConnection connection = Open(path);
        using (SqliteCommand create = connection.CreateCommand())
        {
            create.CommandText = "PRAGMA page_size=16384; PRAGMA cache_size=-16384; " + Schema(schema);
            create.ExecuteNonQuery();
        }
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand run = Command(
                connection,
                "runs",
                "source instance n m learned rank dims_per_feature frame_defect label formula max_residual_deg orthogonality_defect "
                    + "noise_scale route decided_by checksum"
            ),
            summand = Command(
                connection,
                "summands",
                "source instance summand dim count shape features residual_deg p_value sphere_radius sphere_rms center_norm directions "
                    + "parameter checksum"
            ),
            feature = Command(connection, "features", "source instance feature norm dimensionality learned summand direction checksum");
        for (int i = 0; i < Runs; i++)
        {
            (FeatureConfiguration w, RunLabel l) = (all[i % all.Length], labels[i % all.Length]);
            Execute(
                run,
                ["runs.npz", i, w.Features, w.Hidden, l.Learned.Count, l.Rank, Cell(l.DimsPerFeature), Cell(l.FrameDefect), l.Label],
                [l.Formula, Cell(l.MaxResidualDegrees), Cell(l.OrthogonalityDefect), Cell(l.NoiseScale), l.Agreement.Route, l.DecidedBy, 0]
            );
        }
        for (int i = 0; i < Runs; i++)
        {
            RunLabel l = labels[i % all.Length];
            for (int s = 0; s < l.Summands.Count; s++)
            {
                Summand v = l.Summands[s];
                Execute(
                    summand,
                    ["runs.npz", i, s, v.Dim, v.Count, v.Match.Shape, string.Join(' ', v.Features), Cell(v.Match.ResidualDegrees)],
                    [Cell(v.Match.PValue), v.Sphere.Radius, Cell(v.Sphere.Rms), Cell(v.Sphere.CenterNorm), v.Directions],
                    [Cell(v.Match.Parameter), 0]
                );
            }
        }
        for (int i = 0; i < Runs; i++)
        {
            RunLabel l = labels[i % all.Length];
            for (int f = 0; f < l.Norms.Count; f++)
                Execute(feature, ["runs.npz", i, f, l.Norms[f], l.Dimensionalities[f], 1, 0, 0, 0]);
        }
        transaction.Commit();
    }

    private static object Cell(double value) => double.IsNaN(value) ? DBNull.Value : value;

    private static SqliteCommand Command(SqliteConnection connection, string table, string columns)
    {
        string[] names = columns.Split(' ');
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table}({string.Join(',', names)}) VALUES({string.Join(',', names.Select(n => "$" + n))})";
        foreach (string name in names)
            command.Parameters.Add(new SqliteParameter("$" + name, null));
        command.Prepare();
        return command;
    }

    private static void Execute(SqliteCommand command, params ReadOnlySpan<object[]> values)
    {
        int at = 0;
        foreach (object[] part in values)
        {
            foreach (object value in part)
                command.Parameters[at++].Value = value;
        }
        command.ExecuteNonQuery();
    }

    private static double Read(string path)
    {
        using ResultsDatabase database = ResultsDatabase.Open(path);
        using var rows = new SqliteStatement(
            database.Connection,
            "SELECT source, instance, feature, norm, dimensionality, summand FROM features"
        );
        double sum = 0;
        while (rows.Read())
            sum += rows.Utf8(0).Length + rows.Integer(1) + rows.Integer(2) + rows.Number(3) + rows.Number(4) + rows.Integer(5);
        return sum;
    }

    private static double ReadByPeer(string path)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT source, instance, feature, norm, dimensionality, summand FROM features";
        using SqliteDataReader rows = command.ExecuteReader();
        double sum = 0;
        while (rows.Read())
            sum +=
                rows.GetString(0).Length
                + rows.GetInt64(1)
                + rows.GetInt64(2)
                + rows.GetDouble(3)
                + rows.GetDouble(4)
                + (rows.IsDBNull(5) ? 0 : rows.GetInt64(5));
        return sum;
    }

    private static long Count(string path, string table)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    private static string Schema(string path)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(sql, '; ') FROM sqlite_master WHERE type = 'table'";
        return (string)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>The least time of a few rounds, seconds.</summary>
    private static double Best(Action work)
    {
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
