using System.Globalization;
using Geometry.Configurations;
using Geometry.Grassmannian;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors.Writing;

namespace Geometry.Storage.Configurations;

/// <summary>Writes the summands of runs as arrays: unit columns, planes and projectors.</summary>
/// <remarks>
/// For run I the npz has, under <c>runI/</c>: <c>columns</c> (n, m) float64, unit vectors, zero where W is; <c>norms</c> (n,);
/// <c>learned</c> (n,) int64, 1 or 0; <c>summand</c> (n,) int64, −1 for an unlearned feature; <c>dims</c> (S,) int64; <c>planes</c> (Σ
/// dims, m), an orthonormal basis of each summand, one vector per row; <c>plane_of</c> (Σ dims,) int64, the summand of each vector;
/// <c>projectors</c> (S, m, m); <c>label</c> and <c>formula</c>, texts. Equal runs make equal bytes.
/// </remarks>
public static class SummandExport
{
    /// <summary>Labels runs of a file and writes their arrays; the file appears whole or not at all.</summary>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="file">The weights.</param>
    /// <param name="instances">Which runs, in ascending order.</param>
    /// <param name="options">How they are labelled.</param>
    /// <param name="cancellation">Stops the export; an earlier file stays as it was.</param>
    /// <exception cref="InputException">A run cannot be read; the message names it.</exception>
    /// <exception cref="ResultsException">The file cannot be written.</exception>
    public static void Write(string path, SweepFile file, IEnumerable<int> instances, LabelOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(instances);
        try
        {
            AtomicFile.Write(path, stream =>
            {
                using var npz = new NpzWriter(stream);
                foreach (int instance in instances)
                {
                    cancellation.ThrowIfCancellationRequested();
                    FeatureConfiguration w = file.ReadConfiguration(instance);
                    Write(npz, string.Create(CultureInfo.InvariantCulture, $"run{instance}/"), w, LabelPipeline.Label(w, options));
                }
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: {(Directory.Exists(path) ? "it is a folder" : e.Message)}", e);
        }
    }

    private static void Write(NpzWriter npz, string prefix, FeatureConfiguration w, RunLabel label)
    {
        (int n, int m) = (w.Features, w.Hidden);
        double[] columns = w.Columns.ToArray();
        for (int i = 0; i < n; i++)
        {
            Span<double> column = columns.AsSpan(i * m, m);
            double norm = Vectors.Norm(column);
            if (norm == 0)
                continue;
            for (int k = 0; k < m; k++)
                column[k] /= norm;
        }
        long[] learned = new long[n],
            summand = new long[n];
        Array.Fill(summand, -1);
        foreach (int i in label.Learned)
            learned[i] = 1;
        var planes = new List<double>();
        var owner = new List<long>();
        double[] projectors = new double[label.Summands.Count * m * m];
        for (int s = 0; s < label.Summands.Count; s++)
        {
            Summand part = label.Summands[s];
            foreach (int i in part.Features)
                summand[i] = s;
            double[] basis = SummandBasis.Of(w, part);
            Projector.Materialise(basis, m, part.Dim, projectors.AsSpan(s * m * m, m * m));
            planes.AddRange(basis);
            owner.AddRange(Enumerable.Repeat((long)s, part.Dim));
        }
        npz.Add(prefix + "columns", [n, m], columns);
        npz.Add(prefix + "norms", [n], [.. label.Norms]);
        npz.Add(prefix + "learned", [n], learned);
        npz.Add(prefix + "summand", [n], summand);
        npz.Add(prefix + "dims", [label.Summands.Count], [.. label.Summands.Select(s => (long)s.Dim)]);
        npz.Add(prefix + "planes", [owner.Count, m], [.. planes]);
        npz.Add(prefix + "plane_of", [owner.Count], [.. owner]);
        npz.Add(prefix + "projectors", [label.Summands.Count, m, m], projectors);
        npz.Add(prefix + "label", label.Label);
        npz.Add(prefix + "formula", label.Formula);
    }
}
