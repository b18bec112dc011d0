using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Tensors.Writing;
using Geometry.Theory;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Storage.Theory;

/// <summary>Writes the training paths of linear models to npz files.</summary>
public static class FlowFile
{
    /// <summary>
    /// Writes, whole or not at all: <c>t</c> (T); for each flow, named <c>notes</c>, <c>oja</c>, <c>gradient</c>, <c>W_flow</c> (T,d,D),
    /// <c>loss_flow</c> (T) and <c>projector_error_flow</c> (T); <c>stage_time</c> (D).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="flows">Paths with the same times; at least one.</param>
    /// <param name="stages">When each mode is half learned, from the largest eigenvalue on.</param>
    /// <exception cref="ResultsException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, IReadOnlyList<TiedFlowPath> flows, double[] stages)
    {
        ArgumentNullException.ThrowIfNull(flows);
        Write(path, npz =>
        {
            Add(npz, "t", flows[0].Times);
            foreach (TiedFlowPath flow in flows)
            {
                string name = flow.Flow.ToString().ToLowerInvariant();
                Add(npz, $"W_{name}", flow.Weights);
                Add(npz, $"loss_{name}", flow.Losses);
                Add(npz, $"projector_error_{name}", flow.ProjectorErrors);
            }
            Add(npz, "stage_time", stages);
        });
    }

    /// <summary>
    /// Writes the flow of an untied model, whole or not at all: <c>t</c> (T), <c>A</c> (T,D,d), <c>B</c> (T,d,D), <c>loss</c> (T),
    /// <c>projector_error</c> (T), <c>drift</c> (T), <c>stage_time</c> (D).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="flow">The path.</param>
    /// <param name="stages">When each mode is half learned, from the largest eigenvalue on.</param>
    /// <exception cref="ResultsException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, UntiedFlowPath flow, double[] stages)
    {
        ArgumentNullException.ThrowIfNull(flow);
        Write(path, npz =>
        {
            Add(npz, "t", flow.Times);
            Add(npz, "A", flow.Decoders);
            Add(npz, "B", flow.Encoders);
            Add(npz, "loss", flow.Losses);
            Add(npz, "projector_error", flow.ProjectorErrors);
            Add(npz, "drift", flow.Drifts);
            Add(npz, "stage_time", stages);
        });
    }

    private static void Add(NpzWriter npz, string name, IReadOnlyList<double> numbers) => npz.Add(name, [numbers.Count], [.. numbers]);

    private static void Add(NpzWriter npz, string name, IReadOnlyList<Matrix<double>> matrices) =>
        npz.Add(name, [matrices.Count, matrices[0].RowCount, matrices[0].ColumnCount], [.. matrices.SelectMany(m => m.ToRowMajorArray())]);

    private static void Write(string path, Action<NpzWriter> content)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, stream =>
            {
                using var npz = new NpzWriter(stream);
                content(npz);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
    }
}
