using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Makes each matrix of an untied or deep model an input of its own.</summary>
public static class MatrixInputs
{
    /// <summary>The value of <c>--weights</c> that stands for all matrices.</summary>
    public const string All = "all";

    /// <summary>
    /// Replaces each file with several weight matrices by one input per matrix, called <c>SOURCE#KEY</c>, in the order of the file.
    /// </summary>
    /// <remarks>
    /// Without a layout, a square matrix is read as (out, in), with one column for each of its inputs, because nothing in it decides. A
    /// file with one matrix stays as it is, and so does a file that cannot be read, whose error comes up when it is opened. Reads headers;
    /// O(arrays) per file, and the comparison of tied matrices.
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
