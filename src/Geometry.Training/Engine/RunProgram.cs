using Geometry.Training.Data;

namespace Geometry.Training.Engine;

/// <summary>
/// How a run is computed: everything that follows from the run alone and is shared by its workers. It never depends on the machine or the
/// number of threads, and therefore neither does the result.
/// </summary>
internal sealed class RunProgram
{
    /// <summary>Largest number of chunks of a batch.</summary>
    internal const int MostChunks = 8;

    /// <summary>
    /// From this cost of a step in cycles on (see <see cref="KernelCosts"/>) a batch is split into chunks, which threads may share.
    /// </summary>
    private const double ChunkedWork = 1_000_000;

    internal RunProgram(TrainingRun run)
    {
        Run = run;
        Layout = new ParameterLayout(run.Model);
        Law = new SampleLaw(run.Data);
        Packed = Law.Occupied < 0.97 && run.Data.Active is null;
        Occupancy = new Occupancy(run.Plan.Batch, Packed ? Law.Occupied : 1);
        int n = run.Model.Features;
        Coefficients = new float[n];
        for (int i = 0; i < n; i++)
            Coefficients[i] = (float)(2 * run.Data.Importance[i] / ((double)n * run.Plan.Batch));
        Work = run.Model.IsNetwork ? new NetworkLinks(run.Model).Work * run.Plan.Batch : 5L * n * run.Model.Hidden * run.Plan.Batch;
        double packed = run.Model.IsNetwork ? KernelCosts.Network(run, Law, Packed) : KernelCosts.Packed(run, Law, Packed),
            sparse = KernelCosts.Sparse(run, Law),
            shared = KernelCosts.SparseChunk(run.Model);
        Sparse = !run.Model.IsNetwork && sparse + shared < packed;
        // Each chunk of the sparse kernel costs two matrix products, so there are chunks only where these are small beside the samples.
        double worth = Sparse ? sparse / (2 * shared) : run.Plan.Batch / 128;
        Chunks = (run.Model.IsNetwork ? packed : Math.Min(packed, sparse)) >= ChunkedWork ? (int)Math.Clamp(worth, 1, MostChunks) : 1;
        if (run.Plan.Samples > 0)
            Data = new FiniteData(run, Law);
    }

    internal TrainingRun Run { get; }

    internal ParameterLayout Layout { get; }

    internal SampleLaw Law { get; }

    /// <summary>The data set; null where every sample is fresh.</summary>
    internal FiniteData? Data { get; }

    /// <summary>Whether empty samples are counted and not computed.</summary>
    internal bool Packed { get; }

    /// <summary>Whether the kernel of active entries is faster for the run than the packed one.</summary>
    internal bool Sparse { get; }

    internal Occupancy Occupancy { get; }

    /// <summary>c_i = 2 I_i / (N n), length n.</summary>
    internal float[] Coefficients { get; }

    /// <summary>Multiply-adds of a dense step.</summary>
    internal long Work { get; }

    /// <summary>Number of chunks of a batch, whose gradients are added in order.</summary>
    internal int Chunks { get; }
}
