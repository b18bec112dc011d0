using Geometry.Reports.Training;
using Xunit;

namespace Geometry.Reports.Tests.Training;

public class TrainingCurvesTests
{
    [Fact]
    public void RunsAreToldApartByTheirStepsAndLabelledAlongThem()
    {
        using var folder = new LabelledFolder();
        Assert.Equal(0, TrainingCurves.Read(folder.Path, 8).Runs);
        MadeCheckpoints.Write(folder["checkpoints/part.npz"], [0, 10, 100, 1000], [0, 100], [50, 60, 70]);
        (IReadOnlyList<TrainingCurve> curves, int runs) = TrainingCurves.Read(folder.Path, 8);
        Assert.Equal((3, 3), (curves.Count, runs));
        Assert.Equal(["part.npz, sparsity 0.9", "part.npz, sparsity 0.8", "part.npz, sparsity 0.7"], curves.Select(c => c.Name));
        Assert.Equal([0, 10, 100, 1000], curves[0].Points.Select(p => p.Step));
        Assert.Equal(["dedicated", "dedicated", "triangle", "triangle"], curves[0].Points.Select(p => p.Formula));
        Assert.All(curves[0].Points[3].Dimensionalities, d => Assert.Equal(2.0 / 3, d, 9));
    }

    [Fact]
    public void OfManyRunsEvenlySpreadOnesAreTaken()
    {
        using var folder = new LabelledFolder();
        MadeCheckpoints.Write(folder["checkpoints/part.npz"], [.. Enumerable.Range(0, 6).Select(_ => new double[] { 1, 200 })]);
        (IReadOnlyList<TrainingCurve> curves, int runs) = TrainingCurves.Read(folder.Path, 3);
        Assert.Equal(6, runs);
        Assert.Equal(["part.npz, sparsity 0.9", "part.npz, sparsity 0.7", "part.npz, sparsity 0.5"], curves.Select(c => c.Name));
    }

    [Fact]
    public void OtherFilesAreNoCheckpoints()
    {
        using var folder = new LabelledFolder();
        Directory.CreateDirectory(folder["checkpoints"]);
        File.WriteAllText(folder["checkpoints/broken.npz"], "not an archive");
        File.Copy(LabelledFolder.Fixture("sweeps", "uni_n6_m3_s0.npz"), folder["checkpoints/final.npz"]);
        Assert.Empty(TrainingCurves.Read(folder.Path, 8).Curves);
    }
}
