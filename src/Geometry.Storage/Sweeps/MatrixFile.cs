using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Reads a single matrix from an npy file, or from any other file with one array.</summary>
public static class MatrixFile
{
    /// <summary>Reads the file's only array.</summary>
    /// <param name="path">npy, npz, safetensors or a torch.save archive.</param>
    /// <returns>The entries, row-major, with the numbers of rows and columns.</returns>
    /// <exception cref="InputException">The file does not have exactly one array with two axes; the message names it.</exception>
    public static (double[] Entries, int Rows, int Columns) Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw new InputException("no such file");
            using TensorFile file = TensorFile.Open(path);
            if (
                file.Entries is not [{ Shape: [var rows and > 0, var columns and > 0] } entry]
                || entry.Type == ElementType.Unsupported
                || entry.Count > Array.MaxLength
            )
                throw new InputException(
                    $"expected one array of numbers with two axes, found {string.Join(", ", file.Entries.Select(e => e.Describe()))}"
                );
            WeightArray.RefuseInflated(entry, $"the array {entry.Describe()}");
            using var reader = new TensorReader(entry);
            double[] entries = new double[entry.Count];
            reader.Read(0, (int)rows, entries);
            return (entries, (int)rows, (int)columns);
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
