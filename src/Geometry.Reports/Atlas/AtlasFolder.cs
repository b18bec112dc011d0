using System.Text;
using Geometry.Atlas;
using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Reports.Atlas;

/// <summary>An atlas on disk: a folder with atlas.yaml, atlas.csv and members.csv.</summary>
public static class AtlasFolder
{
    /// <summary>Name of the file with the forms.</summary>
    public const string FileName = "atlas.yaml";

    /// <summary>Reads an atlas.</summary>
    /// <param name="path">A folder with an atlas.yaml, or such a file.</param>
    /// <exception cref="ResultsException">There is none, or it is damaged.</exception>
    public static FormAtlas Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists)
                throw new ResultsException($"{file}: no such file; expected an atlas that 'geometry atlas' wrote");
            if (info.Length > AtlasText.MostBytes)
                throw new ResultsException(
                    FormattableString.Invariant($"{file}: expected at most {AtlasText.MostBytes >> 20} MB, found {info.Length >> 20} MB")
                );
            return AtlasText.Read(File.ReadAllBytes(file), file);
        }
        catch (FormatException e)
        {
            throw new ResultsException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{file}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Writes an atlas, each file whole or not at all.</summary>
    /// <exception cref="ResultsException">The folder cannot be made or written.</exception>
    public static FormAtlas Write(string folder, IReadOnlyList<FormClass> forms, string origin)
    {
        var atlas = new FormAtlas([.. forms.Select(f => f.Form)], origin);
        try
        {
            Directory.CreateDirectory(folder);
            OwnFile.RefuseOther(Path.Combine(folder, AtlasCsv.MembersName), "form,");
            OwnFile.RefuseOther(Path.Combine(folder, "atlas.csv"), "name,dim,");
            OwnFile.RefuseOther(Path.Combine(folder, FileName), "{\n\"geometry-atlas\"");
            AtomicFile.Write(Path.Combine(folder, AtlasCsv.MembersName), stream => AtlasCsv.WriteMembers(forms, folder, stream));
            AtomicFile.Write(Path.Combine(folder, "atlas.csv"), stream => AtlasCsv.Write(atlas, stream));
            AtomicFile.Write(Path.Combine(folder, FileName), stream => stream.Write(Encoding.UTF8.GetBytes(AtlasText.Write(atlas))));
            return atlas;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{folder}: cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
