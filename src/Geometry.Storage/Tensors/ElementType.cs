namespace Geometry.Storage.Tensors;

/// <summary>Types of tensor elements that can be turned into doubles.</summary>
internal enum ElementType
{
    /// <summary>Any other type (complex, string, object, structured, 8-bit floats): listed, never read.</summary>
    Unsupported,
    Float16,
    BFloat16,
    Float32,
    Float64,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Bool,
}

/// <summary>Sizes and names of element types.</summary>
internal static class ElementTypes
{
    /// <summary>The type that NumPy calls by a kind and a number of bytes, such as <c>f4</c>, without its byte order.</summary>
    public static ElementType OfNumpy(string code) =>
        code switch
        {
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float32,
            "f8" => ElementType.Float64,
            "i1" => ElementType.Int8,
            "i2" => ElementType.Int16,
            "i4" => ElementType.Int32,
            "i8" => ElementType.Int64,
            "u1" => ElementType.UInt8,
            "u2" => ElementType.UInt16,
            "u4" => ElementType.UInt32,
            "u8" => ElementType.UInt64,
            "b1" => ElementType.Bool,
            _ => ElementType.Unsupported,
        };

    /// <summary>Size of one element in bytes; 0 for <see cref="ElementType.Unsupported"/>.</summary>
    public static int Size(this ElementType type) =>
        type switch
        {
            ElementType.Int8 or ElementType.UInt8 or ElementType.Bool => 1,
            ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
            ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
            ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
            _ => 0,
        };

    /// <summary>Whether elements are binary floating point, as weights are.</summary>
    public static bool IsFloat(this ElementType type) =>
        type is ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64;

    /// <summary>The name that NumPy and PyTorch users know, such as <c>float32</c>.</summary>
    public static string DisplayName(this ElementType type) =>
        type switch
        {
            ElementType.Float16 => "float16",
            ElementType.BFloat16 => "bfloat16",
            ElementType.Float32 => "float32",
            ElementType.Float64 => "float64",
            ElementType.Int8 => "int8",
            ElementType.UInt8 => "uint8",
            ElementType.Int16 => "int16",
            ElementType.UInt16 => "uint16",
            ElementType.Int32 => "int32",
            ElementType.UInt32 => "uint32",
            ElementType.Int64 => "int64",
            ElementType.UInt64 => "uint64",
            ElementType.Bool => "bool",
            _ => "unsupported",
        };
}
