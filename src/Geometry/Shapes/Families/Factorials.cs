using System.Numerics;

namespace Geometry.Shapes.Families;

/// <summary>n!, exact, for orders of symmetry groups.</summary>
internal static class Factorials
{
    /// <summary>n!; O(n) multiplications.</summary>
    public static BigInteger Of(int n)
    {
        BigInteger product = BigInteger.One;
        for (int k = 2; k <= n; k++)
            product *= k;
        return product;
    }
}
