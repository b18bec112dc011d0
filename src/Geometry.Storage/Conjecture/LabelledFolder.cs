using Geometry.Labels;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Conjecture;

/// <summary>One run of a labelled folder.</summary>
/// <param name="Instance">Its index in the source.</param>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Cell">Its cell: the values of <see cref="LabelledFolder.Axes"/>; NaN where it has none.</param>
/// <param name="Summands">Number of summands.</param>
/// <param name="Irregular">Number of summands without a name.</param>
/// <param name="Defect">Orthogonality defect; NaN with fewer than two summands.</param>
/// <param name="Rank">Rank of the learned columns.</param>
public sealed record LabelledRun(
    int Instance,
    int Features,
    int Hidden,
    IReadOnlyList<double> Cell,
    int Summands,
    int Irregular,
    double Defect,
    int Rank
);

/// <summary>One input of a labelled folder with its runs.</summary>
/// <param name="Source">The input's name.</param>
/// <param name="Fingerprint">Fingerprint of its content.</param>
/// <param name="File">How it was read.</param>
/// <param name="Label">How it was labelled.</param>
/// <param name="SameBuild">Whether this build of the library made the labels; those of another build may follow other rules than the labels
/// of the null models.</param>
/// <param name="Runs">Its runs by instance; failed ones are missing.</param>
public sealed record LabelledInput(
    string Source,
    string Fingerprint,
    SweepFileOptions File,
    LabelOptions Label,
    bool SameBuild,
    IReadOnlyList<LabelledRun> Runs
);

/// <summary>The part of a folder's results.sqlite that <c>conjecture --on</c> needs.</summary>
/// <param name="Axes">The parameters that vary: sparsity, importance and other swept ones, but not seed, loss and step.</param>
/// <param name="Inputs">In input order.</param>
/// <param name="Locations">The paths of the weight files relative to the folder, by source; sources of results of older builds are
/// missing.</param>
public sealed record LabelledFolder(
    IReadOnlyList<string> Axes,
    IReadOnlyList<LabelledInput> Inputs,
    IReadOnlyDictionary<string, string> Locations
)
{
    private static readonly string[] s_notAxes = ["seed", "loss", "step"];

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ResultsException">The folder has no results, or they cannot be read.</exception>
    public static LabelledFolder Read(string folder)
    {
        string path = Path.Combine(folder, "results.sqlite");
        if (!File.Exists(path))
            throw new ResultsException($"{path}: no such file; expected a folder that geometry label wrote");
        try
        {
            using ResultsDatabase database = ResultsDatabase.Open(path);
            if (ResultsCheck.DamagedInputs(database, CancellationToken.None) is [string damaged, ..])
                throw new ResultsException(
                    $"{path}: the stored results of {damaged} are damaged or incomplete; geometry label with --resume labels them again"
                );
            return Read(database);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(path, e);
        }
    }

    private static LabelledFolder Read(ResultsDatabase database)
    {
        IReadOnlyList<InputRecord> records = database.ReadInputs();
        string[] stored = [.. StoredColumns(database)];
        string[] names =
        [
            .. RunColumns
                .Parameters.Concat(records.SelectMany(r => r.ParameterNames))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(n =>
                    !s_notAxes.Contains(n, StringComparer.OrdinalIgnoreCase) && stored.Contains(n, StringComparer.OrdinalIgnoreCase)
                ),
        ];
        var inputs = records.Select(r => ReadInput(database, r, names)).ToList();
        int[] varying =
        [
            .. Enumerable.Range(0, names.Length).Where(a => inputs.SelectMany(i => i.Runs).Select(r => r.Cell[a]).Distinct().Skip(1).Any()),
        ];
        return new LabelledFolder(
            [.. varying.Select(a => names[a])],
            [.. inputs.Select(i => i with { Runs = [.. i.Runs.Select(r => r with { Cell = [.. varying.Select(a => r.Cell[a])] })] })],
            InputLocations.Read(database)
        );
    }

    private static IEnumerable<string> StoredColumns(ResultsDatabase database)
    {
        using var info = new SqliteStatement(database.Connection, "SELECT name FROM pragma_table_info('runs')");
        while (info.Read())
            yield return info.Text(0);
    }

    private static LabelledInput ReadInput(ResultsDatabase database, InputRecord record, string[] names)
    {
        const string Summands = "(SELECT count(*) FROM summands s WHERE s.source = r.source AND s.instance = r.instance";
        string parameters = string.Concat(names.Select(n => ", r." + ResultsSchema.Quote(n)));
        using var rows = new SqliteStatement(
            database.Connection,
            $"SELECT instance, n, m, orthogonality_defect, rank, {Summands}), {Summands} AND s.shape LIKE "
                + $"'irregular(%'){parameters} FROM runs r WHERE source = ? ORDER BY instance"
        );
        rows.Bind(0, record.Source);
        var runs = new List<LabelledRun>();
        while (rows.Read())
        {
            double[] cell = [.. names.Select((_, a) => rows.Number(7 + a))];
            runs.Add(
                new LabelledRun(
                    (int)rows.Integer(0),
                    (int)rows.Integer(1),
                    (int)rows.Integer(2),
                    cell,
                    (int)rows.Integer(5),
                    (int)rows.Integer(6),
                    rows.Number(3),
                    (int)rows.Integer(4)
                )
            );
        }
        (SweepFileOptions file, LabelOptions label) = LabelJobOptions.ReadFingerprint(record.Options);
        bool sameBuild = record.Options.Contains(LabelJobOptions.Build, StringComparison.Ordinal);
        return new LabelledInput(record.Source, record.Fingerprint, file, label, sameBuild, runs);
    }
}
