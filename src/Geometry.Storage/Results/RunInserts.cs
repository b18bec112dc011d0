using System.Globalization;
using System.Text;
using Geometry.Labels;
using Geometry.Shapes.Descriptions;
using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>Inserts runs with their summands and features; adds a column to <c>runs</c> when a new parameter comes along.</summary>
internal sealed class RunInserts : IDisposable
{
    private static readonly int s_firstParameter = RunColumns.Labels.ToList().IndexOf(RunColumns.Parameters[0]);
    private static readonly int s_firstExtra = RunColumns.Labels.Count + RunColumns.Diagnostics.Count;

    private const double LargestInteger = 9e18;

    private readonly SqliteConnection _connection;
    private readonly BlockInsert _summand;
    private readonly BlockInsert _feature;
    private readonly List<string> _extras;
    private BlockInsert? _run;
    private IReadOnlyList<string> _names = [];
    private int[] _columnOfName = [];
    private int[] _summandOf = [];
    private int[] _directionOf = [];
    private byte[] _text = new byte[256];
    private byte[] _source = [];
    private byte[]? _weights;

    /// <exception cref="ResultsException">The table <c>runs</c> lacks columns.</exception>
    public RunInserts(SqliteConnection connection)
    {
        _connection = connection;
        _summand = Insert("summands", [.. ResultsSchema.SummandColumns, .. ResultsSchema.DescriptionColumns]);
        _feature = Insert("features", ResultsSchema.FeatureColumns);
        List<string> columns = ResultsSchema.ColumnsOf(connection, "runs");
        if (columns.Count < s_firstExtra)
            throw new ResultsException(
                FormattableString.Invariant(
                    $"{connection.DataSource} is damaged: its table runs has {columns.Count} columns, expected at least {s_firstExtra}"
                )
            );
        _extras = columns[s_firstExtra..];
    }

    /// <summary>Adds runs of one input, table by table: rows that follow each other go in with one statement.</summary>
    public void Add(string source, string? weights, IReadOnlyList<string> parameterNames, IReadOnlyList<RunResult> results)
    {
        if (_run is null || !ReferenceEquals(parameterNames, _names))
            Prepare(parameterNames);
        _source = Encoding.UTF8.GetBytes(source);
        _weights = weights is null ? null : Encoding.UTF8.GetBytes(weights);
        long left = results.Count;
        foreach (RunResult result in results)
            AddRun(result, left--);
        left = results.Sum(r => (long)r.Label.Summands.Count);
        foreach (RunResult result in results)
        {
            for (int s = 0; s < result.Label.Summands.Count; s++)
                AddSummand(result.Instance, s, result.Label.Summands[s], left--);
        }
        left = results.Sum(r => (long)r.Features);
        foreach (RunResult result in results)
            left = AddFeatures(result, left);
    }

    public void Dispose()
    {
        _run?.Dispose();
        _summand.Dispose();
        _feature.Dispose();
    }

    private void Prepare(IReadOnlyList<string> names)
    {
        _columnOfName = new int[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            int known = RunColumns.Parameters.ToList().IndexOf(names[i]);
            if (known < 0 && RunColumns.IsReserved(names[i]))
                throw new ResultsException($"a parameter is called '{names[i]}', which is a column of labels.csv; rename it");
            int extra = _extras.FindIndex(e => e.Equals(names[i], StringComparison.OrdinalIgnoreCase));
            if (known < 0 && extra < 0)
            {
                // No declared type: numbers stay numbers and texts stay texts.
                using var alter = new SqliteStatement(_connection, $"ALTER TABLE runs ADD COLUMN {ResultsSchema.Quote(names[i])}");
                alter.Execute();
                extra = _extras.Count;
                _extras.Add(names[i]);
            }
            _columnOfName[i] = known >= 0 ? s_firstParameter + known : s_firstExtra + extra;
        }
        _names = names;
        _run?.Dispose();
        _run = Insert("runs", [.. RunColumns.Labels, .. RunColumns.Diagnostics, .. _extras]);
    }

    private BlockInsert Insert(string table, IReadOnlyList<string> columns) =>
        new(_connection, table, columns.Count, new RowChecksum(columns));

    private void AddRun(RunResult result, long left)
    {
        RunLabel label = result.Label;
        BlockInsert run = _run!;
        run.StartRow(left);
        for (int i = 0; i < RunColumns.Parameters.Count; i++)
            run.BindNull(s_firstParameter + i);
        for (int i = 0; i < _extras.Count; i++)
            run.BindNull(s_firstExtra + i);
        for (int i = 0; i < _names.Count; i++)
        {
            ParameterValue value = result.Parameters[i];
            if (value.Text is { } text)
                run.Bind(_columnOfName[i], Utf8(text));
            // The columns have no type of their own: whole numbers are stored as such.
            else if (Math.Abs(value.Number) < LargestInteger && value.Number == Math.Floor(value.Number))
                run.Bind(_columnOfName[i], (long)value.Number);
            else
                run.Bind(_columnOfName[i], value.Number);
        }
        run.Bind(0, _source)
            .Bind(1, result.Instance)
            .Bind(2, result.Features)
            .Bind(3, result.Hidden)
            .Bind(8, label.Learned.Count)
            .Bind(9, label.Rank)
            .Bind(10, label.DimsPerFeature)
            .Bind(11, label.FrameDefect)
            .Bind(12, Utf8(label.Label))
            .Bind(13, Utf8(label.Formula))
            .Bind(14, label.MaxResidualDegrees)
            .Bind(15, label.OrthogonalityDefect)
            .Bind(17, label.NoiseScale)
            .Bind(19, Utf8(label.Agreement.Route));
        if (_weights is null)
            run.BindNull(16);
        else
            run.Bind(16, _weights);
        if (label.Agreement.Note.Length == 0)
            run.BindNull(18);
        else
            run.Bind(18, Utf8(label.Agreement.Note));
        if (label.DecidedBy.Length == 0)
            run.BindNull(20);
        else
            run.Bind(20, Utf8(label.DecidedBy));
        run.EndRow();
    }

    private void AddSummand(int instance, int index, Summand summand, long left)
    {
        _summand.StartRow(left);
        _summand
            .Bind(0, _source)
            .Bind(1, instance)
            .Bind(2, index)
            .Bind(3, summand.Dim)
            .Bind(4, summand.Count)
            .Bind(5, Utf8(summand.Match.Shape))
            .Bind(6, Joined(summand.Features))
            .Bind(7, summand.Match.ResidualDegrees)
            .Bind(8, summand.Match.PValue)
            .Bind(9, summand.Sphere.Radius)
            .Bind(10, summand.Sphere.Rms)
            .Bind(11, summand.Sphere.CenterNorm)
            .Bind(12, summand.Directions)
            .Bind(14, summand.Match.Parameter);
        if (summand.Match.Nearest is { } nearest)
            _summand.Bind(13, Utf8(nearest));
        else
            _summand.BindNull(13);
        AddDescription(summand.Description);
        _summand.EndRow();
    }

    private void AddDescription(ConfigurationDescription? description)
    {
        const int first = 15;
        for (int column = first; column < first + 6; column++)
            _summand.BindNull(column);
        if (description is null)
            return;
        _summand
            .Bind(first, Utf8(description.AnglesText()))
            .Bind(first + 1, description.Antipodal ? 1 : 0)
            .Bind(first + 2, description.Tight ? 1 : 0)
            .Bind(first + 3, description.DesignStrength);
        if (description.Symmetries is not { } symmetries)
            return;
        if (symmetries <= long.MaxValue)
            _summand.Bind(first + 4, (long)symmetries);
        else
            _summand.Bind(first + 4, (double)symmetries);
        if (description.Orbits is { } orbits)
            _summand.Bind(first + 5, orbits);
    }

    /// <summary>Adds the features of a run; returns how many rows are left behind them.</summary>
    private long AddFeatures(RunResult result, long left)
    {
        RunLabel label = result.Label;
        if (_summandOf.Length < result.Features)
            (_summandOf, _directionOf) = (new int[result.Features], new int[result.Features]);
        _summandOf.AsSpan(0, result.Features).Fill(-1);
        for (int s = 0; s < label.Summands.Count; s++)
        {
            Summand summand = label.Summands[s];
            for (int f = 0; f < summand.Count; f++)
                (_summandOf[summand.Features[f]], _directionOf[summand.Features[f]]) = (s, summand.DirectionOf[f]);
        }
        int next = 0;
        for (int i = 0; i < result.Features; i++)
        {
            bool learned = next < label.Learned.Count && label.Learned[next] == i;
            if (learned)
                next++;
            _feature.StartRow(left--);
            _feature
                .Bind(0, _source)
                .Bind(1, result.Instance)
                .Bind(2, i)
                .Bind(3, label.Norms[i])
                .Bind(4, label.Dimensionalities[i])
                .Bind(5, learned ? 1 : 0);
            if (_summandOf[i] < 0)
                _feature.BindNull(6).BindNull(8);
            else
                _feature.Bind(6, _summandOf[i]).Bind(8, _directionOf[i]);
            if (result.Bias is { } bias)
                _feature.Bind(7, bias[i]);
            else
                _feature.BindNull(7);
            _feature.EndRow();
        }
        return left;
    }

    private Span<byte> Utf8(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
            _text = new byte[most];
        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text));
    }

    private ReadOnlySpan<byte> Joined(IReadOnlyList<int> features)
    {
        if (_text.Length < features.Count * 12)
            _text = new byte[features.Count * 12];
        int used = 0;
        for (int i = 0; i < features.Count; i++)
        {
            if (i > 0)
                _text[used++] = (byte)' ';
            features[i].TryFormat(_text.AsSpan(used), out int written, default, CultureInfo.InvariantCulture);
            used += written;
        }
        return _text.AsSpan(0, used);
    }
}
