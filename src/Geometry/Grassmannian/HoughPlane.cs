namespace Geometry.Grassmannian;

/// <summary>A plane that holds more than <paramref name="Dim"/> features: one cluster of votes.</summary>
/// <param name="Dim">k, the dimension of the plane.</param>
/// <param name="Features">All features within ε of the mean plane, ‖(I−P)x_j‖ ≤ ε, ascending; more than k.</param>
/// <param name="Votes">Number of k-subsets in the cluster, border votes included.</param>
/// <param name="Voters">The union of those subsets, ascending.</param>
/// <param name="Basis">Orthonormal basis of the mean plane, the top-k eigenspace of the sum of the votes' projectors; k×m, one vector a
/// row.</param>
/// <param name="Residual">Root mean square of ‖(I−P)x_j‖ over <paramref name="Features"/>, dimensionless, in [0, ε].</param>
public sealed record HoughPlane(int Dim, int[] Features, long Votes, int[] Voters, double[] Basis, double Residual);
