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
    private static readonly IReadOnlyList<string> s_runColumns = [.. RunColumns.Labels, .. RunColumns.Diagnostics];
    private static readonly IReadOnlyList<string> s_summandColumns = [.. ResultsSchema.SummandColumns, .. ResultsSchema.DescriptionColumns];
    private static readonly int[] s_parameters = [.. RunColumns.Parameters.Select(RunRow.At)];

    /// <summary>Larger numbers are stored as real numbers; it is below 2⁶³.</summary>
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
        List<string> columns = ResultsSchema.ColumnsOf(connection, "runs");
        int fixedColumns = s_runColumns.Count;
        if (columns.Count < fixedColumns)
            throw new ResultsException(
                FormattableString.Invariant(
                    $"{connection.DataSource} is damaged: its table runs has {columns.Count} columns, expected at least {fixedColumns}"
                )
            );
        _extras = columns[fixedColumns..];
        _summand = Insert("summands", s_summandColumns);
        _feature = Insert("features", ResultsSchema.FeatureColumns);
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
                // Without a declared type numbers stay numbers and texts stay texts.
                using var alter = new SqliteStatement(_connection, $"ALTER TABLE runs ADD COLUMN {ResultsSchema.Quote(names[i])}");
                alter.Execute();
                extra = _extras.Count;
                _extras.Add(names[i]);
            }
            _columnOfName[i] = known >= 0 ? s_parameters[known] : s_runColumns.Count + extra;
        }
        _names = names;
        _run?.Dispose();
        _run = Insert("runs", [.. s_runColumns, .. _extras]);
    }

    private BlockInsert Insert(string table, IReadOnlyList<string> columns) => new(_connection, table, columns, new RowChecksum(columns));

    private void AddRun(RunResult result, long left)
    {
        RunLabel label = result.Label;
        BlockInsert run = _run!;
        run.StartRow(left);
        foreach (int parameter in s_parameters)
            run.BindNull(parameter);
        for (int i = 0; i < _extras.Count; i++)
            run.BindNull(s_runColumns.Count + i);
        for (int i = 0; i < _names.Count; i++)
        {
            ParameterValue value = result.Parameters[i];
            if (value.Text is { } text)
                run.Bind(_columnOfName[i], Utf8(text));
            // The columns have no type: whole numbers are stored as integers.
            else if (Math.Abs(value.Number) < LargestInteger && value.Number == Math.Floor(value.Number))
                run.Bind(_columnOfName[i], (long)value.Number);
            else
                run.Bind(_columnOfName[i], value.Number);
        }
        run.Bind(RunRow.Source, _source)
            .Bind(RunRow.Instance, result.Instance)
            .Bind(RunRow.Features, result.Features)
            .Bind(RunRow.Hidden, result.Hidden)
            .Bind(RunRow.Learned, label.Learned.Count)
            .Bind(RunRow.Rank, label.Rank)
            .Bind(RunRow.DimsPerFeature, label.DimsPerFeature)
            .Bind(RunRow.FrameDefect, label.FrameDefect)
            .Bind(RunRow.Label, Utf8(label.Label))
            .Bind(RunRow.Formula, Utf8(label.Formula))
            .Bind(RunRow.MaxResidual, label.MaxResidualDegrees)
            .Bind(RunRow.OrthogonalityDefect, label.OrthogonalityDefect)
            .Bind(RunRow.NoiseScale, label.NoiseScale)
            .Bind(RunRow.Route, Utf8(label.Agreement.Route));
        if (_weights is null)
            run.BindNull(RunRow.Weights);
        else
            run.Bind(RunRow.Weights, _weights);
        if (label.Agreement.Note.Length == 0)
            run.BindNull(RunRow.RouteNote);
        else
            run.Bind(RunRow.RouteNote, Utf8(label.Agreement.Note));
        if (label.DecidedBy.Length == 0)
            run.BindNull(RunRow.DecidedBy);
        else
            run.Bind(RunRow.DecidedBy, Utf8(label.DecidedBy));
        run.EndRow();
    }

    private void AddSummand(int instance, int index, Summand summand, long left)
    {
        _summand.StartRow(left);
        _summand
            .Bind(SummandRow.Source, _source)
            .Bind(SummandRow.Instance, instance)
            .Bind(SummandRow.Index, index)
            .Bind(SummandRow.Dim, summand.Dim)
            .Bind(SummandRow.Count, summand.Count)
            .Bind(SummandRow.Shape, Utf8(summand.Match.Shape))
            .Bind(SummandRow.Features, Joined(summand.Features))
            .Bind(SummandRow.Residual, summand.Match.ResidualDegrees)
            .Bind(SummandRow.PValue, summand.Match.PValue)
            .Bind(SummandRow.SphereRadius, summand.Sphere.Radius)
            .Bind(SummandRow.SphereRms, summand.Sphere.Rms)
            .Bind(SummandRow.CenterNorm, summand.Sphere.CenterNorm)
            .Bind(SummandRow.Directions, summand.Directions)
            .Bind(SummandRow.Parameter, summand.Match.Parameter);
        if (summand.Match.Nearest is { } nearest)
            _summand.Bind(SummandRow.Nearest, Utf8(nearest));
        else
            _summand.BindNull(SummandRow.Nearest);
        AddDescription(summand.Description);
        _summand.EndRow();
    }

    private void AddDescription(ConfigurationDescription? description)
    {
        foreach (int column in SummandRow.Description)
            _summand.BindNull(column);
        if (description is null)
            return;
        _summand
            .Bind(SummandRow.Angles, Utf8(description.AnglesText()))
            .Bind(SummandRow.Antipodal, description.Antipodal ? 1 : 0)
            .Bind(SummandRow.Tight, description.Tight ? 1 : 0)
            .Bind(SummandRow.Design, description.DesignStrength);
        if (description.Symmetries is not { } symmetries)
            return;
        if (symmetries <= long.MaxValue)
            _summand.Bind(SummandRow.Symmetries, (long)symmetries);
        else
            _summand.Bind(SummandRow.Symmetries, (double)symmetries);
        if (description.Orbits is { } orbits)
            _summand.Bind(SummandRow.Orbits, orbits);
    }

    /// <summary>Adds the features of a run; returns how many rows of features follow them.</summary>
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
                .Bind(FeatureRow.Source, _source)
                .Bind(FeatureRow.Instance, result.Instance)
                .Bind(FeatureRow.Feature, i)
                .Bind(FeatureRow.Norm, label.Norms[i])
                .Bind(FeatureRow.Dimensionality, label.Dimensionalities[i])
                .Bind(FeatureRow.Learned, learned ? 1 : 0);
            if (_summandOf[i] < 0)
                _feature.BindNull(FeatureRow.Summand).BindNull(FeatureRow.Direction);
            else
                _feature.Bind(FeatureRow.Summand, _summandOf[i]).Bind(FeatureRow.Direction, _directionOf[i]);
            if (result.Bias is { } bias)
                _feature.Bind(FeatureRow.Bias, bias[i]);
            else
                _feature.BindNull(FeatureRow.Bias);
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

    /// <summary>Positions of the columns of <c>runs</c>.</summary>
    private static class RunRow
    {
        public static readonly int Source = At("source"),
            Instance = At("instance"),
            Features = At("n"),
            Hidden = At("m"),
            Learned = At("learned"),
            Rank = At("rank"),
            DimsPerFeature = At("dims_per_feature"),
            FrameDefect = At("frame_defect"),
            Label = At("label"),
            Formula = At("formula"),
            MaxResidual = At("max_residual_deg"),
            OrthogonalityDefect = At("orthogonality_defect"),
            Weights = At("weights"),
            NoiseScale = At("noise_scale"),
            RouteNote = At("route_note"),
            Route = At("route"),
            DecidedBy = At("decided_by");

        public static int At(string column) => ResultsSchema.Place(s_runColumns, column);
    }

    /// <summary>Positions of the columns of <c>summands</c>.</summary>
    private static class SummandRow
    {
        public static readonly int Source = At("source"),
            Instance = At("instance"),
            Index = At("summand"),
            Dim = At("dim"),
            Count = At("count"),
            Shape = At("shape"),
            Features = At("features"),
            Residual = At("residual_deg"),
            PValue = At("p_value"),
            SphereRadius = At("sphere_radius"),
            SphereRms = At("sphere_rms"),
            CenterNorm = At("center_norm"),
            Directions = At("directions"),
            Nearest = At("nearest"),
            Parameter = At("parameter"),
            Angles = At("angles_deg"),
            Antipodal = At("antipodal"),
            Tight = At("tight"),
            Design = At("design"),
            Symmetries = At("symmetries"),
            Orbits = At("orbits");

        /// <summary>The columns that describe a summand without a name.</summary>
        public static readonly int[] Description = [Angles, Antipodal, Tight, Design, Symmetries, Orbits];

        private static int At(string column) => ResultsSchema.Place(s_summandColumns, column);
    }

    /// <summary>Positions of the columns of <c>features</c>.</summary>
    private static class FeatureRow
    {
        public static readonly int Source = At("source"),
            Instance = At("instance"),
            Feature = At("feature"),
            Norm = At("norm"),
            Dimensionality = At("dimensionality"),
            Learned = At("learned"),
            Summand = At("summand"),
            Bias = At("bias"),
            Direction = At("direction");

        private static int At(string column) => ResultsSchema.Place(ResultsSchema.FeatureColumns, column);
    }
}
