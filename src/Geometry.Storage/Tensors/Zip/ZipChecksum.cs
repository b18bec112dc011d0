using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Zip;

/// <summary>The CRC-32 that a zip directory states for a range of the file.</summary>
/// <param name="Start">First byte of the range, absolute.</param>
/// <param name="Length">Bytes of the range.</param>
/// <param name="Expected">The stated checksum.</param>
internal sealed record ZipChecksum(long Start, long Length, uint Expected)
{
    /// <summary>Compares.</summary>
    /// <exception cref="InputException">The checksums differ.</exception>
    public void Require(uint found, string what)
    {
        if (found != Expected)
            throw new InputException($"{what} is damaged: CRC-32 {found:x8}, expected {Expected:x8}");
    }
}
