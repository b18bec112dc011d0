using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>A weight file written by <see cref="TrainedFileWriter"/>, with its checkpoints, read back run by run.</summary>
/// <remarks>
/// Everything is checked against the grid that the file should belong to, so a file of another sweep is refused. Not thread-safe.
/// </remarks>
internal sealed class TrainedFile : IDisposable
{
    private readonly string _path;
    private readonly SweepGrid _grid;
    private readonly bool _verify;
    private readonly List<IDisposable> _open = [];
    private readonly States _final;
    private readonly States? _checkpoints;
    private readonly Dictionary<int, (int Start, int Count)> _checkpointsOf = [];

    private TrainedFile(string weights, string? checkpoints, SweepGrid grid, bool verify)
    {
        _path = weights;
        _grid = grid;
        _verify = verify;
        try
        {
            _final = new States(this, weights, "loss", "failed_at");
            Runs = _final.Runs;
            if (Runs.Distinct().Count() != Runs.Length)
                throw new InputException("a run is in it twice");
            if (grid.Spec.Checkpoints == 0 || checkpoints is null)
                return;
            _path = checkpoints;
            _checkpoints = new States(this, checkpoints, "step");
            for (int i = 0; i < _checkpoints.Runs.Length; i++)
            {
                int run = _checkpoints.Runs[i];
                (int start, int count) = _checkpointsOf.GetValueOrDefault(run, (i, 0));
                if (start + count != i)
                    throw new InputException(FormattableString.Invariant($"the checkpoints of run {run} are not together"));
                _checkpointsOf[run] = (start, count + 1);
            }
        }
        catch (Exception e)
        {
            Dispose();
            if (e is InputException or IOException or UnauthorizedAccessException)
                throw new ResultsException($"{_path}: not a weight file of this sweep: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Indices of the runs in the file, in its order.</summary>
    public int[] Runs { get; }

    /// <summary>Opens a weight file and the file of its checkpoints, if the sweep has one.</summary>
    /// <param name="weights">The weight file.</param>
    /// <param name="checkpoints">The file of its checkpoints; null to ignore them.</param>
    /// <param name="grid">The sweep.</param>
    /// <param name="verify">Whether to check every byte against its checksum; not needed for a file that was just checked.</param>
    /// <exception cref="ResultsException">It cannot be read, or is not of this sweep.</exception>
    public static TrainedFile Open(string weights, string? checkpoints, SweepGrid grid, bool verify = true) =>
        new(weights, checkpoints, grid, verify);

    /// <summary>The step at which the run of an instance diverged; null when it did not.</summary>
    public int? FailedAt(int instance) => _final.Number("failed_at", instance) is >= 0 and double step ? (int)step : null;

    /// <summary>The training run of an instance.</summary>
    public TrainingRun Origin(int instance) => _grid.Run(Runs[instance]);

    /// <summary>One run with all its checkpoints.</summary>
    /// <exception cref="ResultsException">Its bytes cannot be read.</exception>
    public TrainedRun Read(int instance)
    {
        TrainingRun run = _grid.Run(Runs[instance]);
        int? failed = FailedAt(instance);
        return new TrainedRun(
            run,
            _final.State(instance, failed ?? run.Plan.Steps),
            ReadCheckpoints(instance),
            _final.Number("loss", instance),
            failed
        );
    }

    /// <summary>The final parameters of one run.</summary>
    /// <exception cref="ResultsException">Its bytes cannot be read.</exception>
    public Checkpoint ReadFinal(int instance) => _final.State(instance, FailedAt(instance) ?? _grid.Run(Runs[instance]).Plan.Steps);

    /// <summary>Copies one run with all its checkpoints.</summary>
    /// <param name="instance">Index of the run in the file.</param>
    /// <param name="target">Receives the run.</param>
    /// <param name="place">Index of the run there.</param>
    /// <exception cref="ResultsException">Its bytes cannot be read.</exception>
    public void CopyTo(int instance, TrainedArrays target, int place)
    {
        _final.Copy(instance, target, place);
        target.Loss[place] = _final.Number("loss", instance);
        target.FailedAt[place] = FailedAt(instance) ?? -1;
        target.Checkpoints[place] = ReadCheckpoints(instance);
    }

    /// <summary>The checkpoints of a run; empty where it has none, or they are ignored.</summary>
    /// <exception cref="ResultsException">Their bytes cannot be read.</exception>
    public IReadOnlyList<Checkpoint> ReadCheckpoints(int instance)
    {
        (int start, int count) = _checkpointsOf.GetValueOrDefault(Runs[instance]);
        if (count == 0)
            return [];
        var checkpoints = new Checkpoint[count];
        for (int k = 0; k < count; k++)
            checkpoints[k] = _checkpoints!.State(start + k, (int)_checkpoints.Number("step", start + k));
        return checkpoints;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable open in Enumerable.Reverse(_open))
            open.Dispose();
    }

    /// <summary>The arrays of one of the two files.</summary>
    private sealed class States
    {
        private readonly TrainedFile _owner;
        private readonly IReadOnlyList<TensorEntry> _entries;
        private readonly StoredBlock[] _blocks;
        private readonly SliceCache[] _slices;
        private readonly ModelShape _model;
        private readonly Dictionary<string, double[]> _numbers = [];

        public States(TrainedFile owner, string path, params string[] numbers)
        {
            _owner = owner;
            TensorFile file = Keep(TensorFile.Open(path));
            _entries = file.Entries;
            string encoder = owner._grid.Spec.Layers.Count == 0 ? "W" : "W1";
            long[] shape = Find(encoder).Shape;
            if (shape.Length != 3)
                throw new InputException($"{encoder} does not have three axes");
            (long instances, long hidden, long features) = (shape[0], shape[1], shape[2]);
            Runs = [.. Numbers("run", instances).Select(r => (int)r)];
            if (Runs.Any(r => r < 0 || r >= owner._grid.Count || owner._grid.Shape(r) != ((int)features, (int)hidden)))
                throw new InputException("it has runs that the sweep does not have in this shape");
            long[] seeds = [.. Numbers("seed", instances).Select(s => (long)s)];
            if (Runs.Zip(seeds).Any(r => owner._grid.SeedOf(r.First) != r.Second))
                throw new InputException("its seeds are not those of the sweep");
            _blocks = StoredBlock.Of(owner._grid.Spec, (int)features, (int)hidden);
            _slices = [.. _blocks.Select(b => Slices(b.Block.Name, b.Shape(instances)))];
            _model = owner._grid.Spec.Model((int)features, (int)hidden);
            foreach (string number in numbers)
                _numbers.Add(number, Numbers(number, instances));
        }

        public int[] Runs { get; }

        public double Number(string name, int instance) => _numbers[name][instance];

        public Checkpoint State(int instance, int step)
        {
            var arrays = new List<float[]>();
            for (int k = 0; k < _blocks.Length; k++)
            {
                if (_blocks[k].Index < 0)
                    continue;
                arrays.Add(new float[_blocks[k].Block.Length]);
                Copy(k, instance, arrays[^1]);
            }
            return Checkpoint.Of(_model, step, arrays);
        }

        public void Copy(int instance, TrainedArrays target, int place)
        {
            for (int k = 0; k < _blocks.Length; k++)
            {
                if (_blocks[k].Index >= 0)
                    Copy(k, instance, target.Of(k, place));
            }
        }

        private void Copy(int block, int instance, Span<float> target)
        {
            try
            {
                Floats(_slices[block], instance, target);
            }
            catch (InputException e)
            {
                throw new ResultsException($"{_owner._path}: {e.Message}", e);
            }
        }

        private static void Floats(SliceCache slices, int instance, Span<float> floats)
        {
            ReadOnlySpan<double> values = slices.Get(instance);
            for (int k = 0; k < floats.Length; k++)
                floats[k] = (float)values[k];
        }

        private TensorEntry Find(string key) => _entries.FirstOrDefault(e => e.Key == key) ?? throw new InputException($"no array '{key}'");

        private double[] Numbers(string key, long instances)
        {
            using SliceCache slices = Slices(key, instances);
            var values = new double[instances];
            for (int i = 0; i < values.Length; i++)
                values[i] = slices.Get(i)[0];
            return values;
        }

        private SliceCache Slices(string key, params long[] shape)
        {
            TensorEntry entry = Find(key);
            if (!entry.Shape.AsSpan().SequenceEqual(shape))
                throw new InputException($"{entry.Describe()} does not have the shape {TensorShape.Text(shape)}");
            var slices = new SliceCache(entry, (int)shape[0], (int)shape[1..].Aggregate(1L, (product, axis) => product * axis));
            if (_owner._verify)
                slices.Verify();
            return shape.Length > 1 ? Keep(slices) : slices;
        }

        private T Keep<T>(T opened)
            where T : IDisposable
        {
            _owner._open.Add(opened);
            return opened;
        }
    }
}
