using Geometry.Clustering;
using Xunit;

namespace Geometry.Tests.Clustering;

public class WorkersTests
{
    /// <summary>Callers recognise an interruption by its type, so that it must be thrown as it is on any number of threads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void AnInterruptionIsThrownAsItIs(int threads)
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Workers.For(
                1000,
                1,
                threads,
                static () => 0,
                (i, _) =>
                {
                    if (i == 10)
                        stop.Cancel();
                    stop.Token.ThrowIfCancellationRequested();
                }
            )
        );
    }

    [Fact]
    public void EveryIndexIsDoneOnce()
    {
        int[] done = new int[1003];
        Workers.For(done.Length, 16, 4, static () => 0, (i, _) => Interlocked.Increment(ref done[i]));
        Assert.All(done, d => Assert.Equal(1, d));
    }
}
