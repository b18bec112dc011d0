using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>The matrices of an untied or deep model, each an input of its own.</summary>
public static class MatrixInputs
{
    /// <summary>What <c>--weights</c> takes for all of them.</summary>
    public const string All = "all";

    /// <summary>Each file that holds several weight matrices replaced by one input a matrix, called <c>SOURCE#KEY</c>, in the order of the
    /// file.</summary>
    /// <remarks>
    /// A square matrix is taken as (out, in), its columns the directions of its inputs, where no layout is asked for: nothing in it tells.
    /// A file with one matrix, and one that cannot be
    /// read, stay as they are: reading them again says why. Reads headers; O(arrays) a file, and what telling tied matrices apart costs.
    /// </remarks>
    /// <param name="inputs">Files, or failures.</param>
    /// <param name="layout">The layout that was asked for.</param>
    public static IReadOnlyList<InputFile> Expand(IReadOnlyList<InputFile> inputs, WeightLayout layout)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. inputs.SelectMany(i => Of(i, layout))];
    }

    /// <summary>The matrices of one input.</summary>
    /// <param name="input">A file, or a failure.</param>
    /// <param name="layout">The layout that was asked for.</param>
    public static IReadOnlyList<InputFile> Of(InputFile input, WeightLayout layout)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Failure is not null)
            return [input];
        try
        {
            using TensorFile file = TensorFile.Open(input.Path);
            bool trained = TrainedFormat.Applies(file.Entries);
            IReadOnlyList<TensorEntry> matrices = trained ? TrainedFormat.Matrices(file.Entries) : SweepFile.Matrices(file);
            if (matrices.Count < 2)
                return [input];
            return
            [
                .. matrices.Select(m =>
                    input with
                    {
                        Source = $"{input.Source}#{m.Key}",
                        Weights = m.Key,
                        Layout = !trained && layout == WeightLayout.Auto && m.Shape[^1] == m.Shape[^2] ? WeightLayout.HiddenFirst : null,
                    }
                ),
            ];
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            return [input];
        }
    }
}
