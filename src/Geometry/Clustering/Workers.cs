using System.Runtime.ExceptionServices;

namespace Geometry.Clustering;

/// <summary>A parallel loop with one workspace per thread; it stays on the calling thread when that is quicker.</summary>
internal static class Workers
{
    /// <summary>
    /// Runs body(i, workspace) for i in [0, count), in chunks of consecutive i; the order of the chunks is free. An exception of the body
    /// is thrown as it is, as it would be on one thread; of several exceptions one is thrown.
    /// </summary>
    internal static void For<T>(int count, int chunk, int threads, Func<T> workspace, Action<int, T> body)
    {
        int chunks = (int)(((long)count + chunk - 1) / chunk);
        if (chunks <= 1 || threads == 1)
        {
            if (count == 0)
                return;
            T single = workspace();
            for (int i = 0; i < count; i++)
                body(i, single);
            return;
        }
        try
        {
            Parallel.For(
                0,
                chunks,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                workspace,
                (c, _, local) =>
                {
                    int end = (int)Math.Min(count, ((long)c + 1) * chunk);
                    for (int i = c * chunk; i < end; i++)
                        body(i, local);
                    return local;
                },
                static _ => { }
            );
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
