using Geometry.Storage.Results;
using Geometry.Storage.Tensors.Writing;
using Geometry.Theory;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Storage.Theory;

/// <summary>The paths of tied linear models as npz.</summary>
public static class FlowFile
{
    /// <summary>
    /// Writes, whole or not at all: <c>t</c> (T); for each flow, named <c>notes</c>, <c>oja</c>, <c>gradient</c>, <c>W_flow</c> (T,d,D), <c>loss_flow</c> (T) and <c>projector_error_flow</c> (T);
    /// <c>stage_time</c> (D).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="flows">Paths with the same times, at least one.</param>
    /// <param name="stages">When each mode is half learned, from the largest eigenvalue on.</param>
    /// <exception cref="ResultsException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, IReadOnlyList<TiedFlowPath> flows, double[] stages)
    {
        ArgumentNullException.ThrowIfNull(flows);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            AtomicFile.Write(path, stream =>
            {
                using var npz = new NpzWriter(stream);
                npz.Add("t", [flows[0].Times.Count], [.. flows[0].Times]);
                foreach (TiedFlowPath flow in flows)
                {
                    string name = flow.Flow.ToString().ToLowerInvariant();
                    Matrix<double> first = flow.Weights[0];
                    npz.Add($"W_{name}", [flow.Weights.Count, first.RowCount, first.ColumnCount], [.. flow.Weights.SelectMany(w => w.ToRowMajorArray())]);
                    npz.Add($"loss_{name}", [flow.Losses.Count], [.. flow.Losses]);
                    npz.Add($"projector_error_{name}", [flow.ProjectorErrors.Count], [.. flow.ProjectorErrors]);
                }
                npz.Add("stage_time", [stages.Length], stages);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
    }
}
