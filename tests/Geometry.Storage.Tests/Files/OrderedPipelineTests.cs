using Geometry.Storage.Files;
using Xunit;

namespace Geometry.Storage.Tests.Files;

public class OrderedPipelineTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 64)]
    public void TheSinkSeesTheOrderOfTheSource(int threads, int capacity)
    {
        var seen = new List<int>();
        OrderedPipeline.Run(Enumerable.Range(0, 2000), Uneven, seen.Add, threads, capacity, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => i * 3), seen);
    }

    [Fact]
    public void NoMoreThanTheCapacityIsUnderWay()
    {
        int read = 0,
            stored = 0,
            most = 0;
        IEnumerable<int> Source()
        {
            for (int i = 0; i < 500; i++)
            {
                int ahead = Interlocked.Increment(ref read) - Volatile.Read(ref stored);
                most = Math.Max(most, ahead);
                yield return i;
            }
        }
        OrderedPipeline.Run(Source(), Uneven, _ => Interlocked.Increment(ref stored), 4, capacity: 8, CancellationToken.None);
        // One item waits for room and one is between the queue and the counter.
        Assert.InRange(most, 1, 8 + 2);
    }

    [Theory]
    [InlineData("source")]
    [InlineData("work")]
    [InlineData("sink")]
    public void AnErrorComesOutBehindWhatWasBeforeIt(string where)
    {
        var seen = new List<int>();
        IEnumerable<int> Source()
        {
            for (int i = 0; i < 1000; i++)
            {
                if (where == "source" && i == 100)
                    throw new FormatException("here");
                yield return i;
            }
        }
        FormatException error = Assert.Throws<FormatException>(() =>
            OrderedPipeline.Run(
                Source(),
                i => where == "work" && i == 100 ? throw new FormatException("here") : i,
                i =>
                {
                    if (where == "sink" && i == 100)
                        throw new FormatException("here");
                    seen.Add(i);
                },
                3,
                8,
                CancellationToken.None
            )
        );
        Assert.Equal("here", error.Message);
        Assert.Equal(Enumerable.Range(0, 100), seen);
    }

    [Fact]
    public void CancellingLeavesAPrefix()
    {
        using var cancel = new CancellationTokenSource();
        var seen = new List<int>();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            OrderedPipeline.Run(
                Enumerable.Range(0, 100_000),
                i => i,
                i =>
                {
                    seen.Add(i);
                    if (i == 50)
                        cancel.Cancel();
                },
                2,
                8,
                cancel.Token
            )
        );
        Assert.Equal(Enumerable.Range(0, 51), seen);
    }

    private static int Uneven(int i)
    {
        if (i % 37 == 0)
            Thread.SpinWait(20_000);
        return i * 3;
    }
}
