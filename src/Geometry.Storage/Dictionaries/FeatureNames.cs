using System.Text;
using Geometry.Storage.Files;

namespace Geometry.Storage.Dictionaries;

/// <summary>Names of features: a text file with one name per line, in the order of the features.</summary>
public sealed class FeatureNames
{
    private const long MostBytes = 1L << 28;
    private readonly string[] _names;

    private FeatureNames(string path, string[] names) => (Path, _names) = (path, names);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Number of names.</summary>
    public int Count => _names.Length;

    /// <summary>The name of a feature.</summary>
    public string this[int feature] => _names[feature];

    /// <summary>Reads the file, UTF-8.</summary>
    /// <exception cref="InputException">It cannot be read, or is larger than 256 MB; the message is one line.</exception>
    public static FeatureNames Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new InputException($"{path}: no such file; expected a text file with one name a line");
            if (file.Length > MostBytes)
                throw new InputException($"{path}: {file.Length} bytes; expected a text file of at most {MostBytes}, one name a line");
            return new FeatureNames(path, File.ReadAllLines(path, Encoding.UTF8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
