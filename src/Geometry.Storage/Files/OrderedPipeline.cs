using System.Collections.Concurrent;
using System.Diagnostics;

namespace Geometry.Storage.Files;

/// <summary>
/// source → work → sink: one thread reads, several work, and the caller's thread takes the results in the order of the source.
/// </summary>
/// <remarks>
/// At most <c>capacity</c> items are between source and sink, so memory does not grow with their number. The order in which the sink gets
/// them does not depend on the number of threads.
/// </remarks>
public static class OrderedPipeline
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs until the source ends.</summary>
    /// <param name="source">Enumerated on a thread of its own.</param>
    /// <param name="work">Called from several threads at once.</param>
    /// <param name="sink">Called on this thread, in the order of the source.</param>
    /// <param name="threads">Number of working threads, ≥ 1.</param>
    /// <param name="capacity">Largest number of items under way, ≥ 1.</param>
    /// <param name="cancellation">Stops between items; the sink has then got a prefix of the source. Work that takes longer than a quarter
    /// of a second is not waited for.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <remarks>An exception of source, work or sink is thrown here, after the sink has got everything before it.</remarks>
    public static void Run<TItem, TOutcome>(
        IEnumerable<TItem> source,
        Func<TItem, TOutcome> work,
        Action<TOutcome> sink,
        int threads,
        int capacity,
        CancellationToken cancellation
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        // Disposed of only when no thread can still use them.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ordered = new BlockingCollection<Slot<TItem, TOutcome>>(capacity);
        var pending = new BlockingCollection<Slot<TItem, TOutcome>>();
        var crew = new Thread[threads + 1];
        crew[0] = new Thread(() => Read(source, ordered, pending, stop.Token)) { IsBackground = true, Name = "geometry reader" };
        for (int i = 1; i < crew.Length; i++)
            crew[i] = new Thread(() => Work(pending, work, stop.Token)) { IsBackground = true, Name = "geometry worker" };
        foreach (Thread thread in crew)
            thread.Start();
        try
        {
            foreach (Slot<TItem, TOutcome> slot in ordered.GetConsumingEnumerable(stop.Token))
            {
                slot.Outcome.Task.Wait(stop.Token);
                sink(slot.Outcome.Task.Result);
            }
            cancellation.ThrowIfCancellationRequested();
        }
        catch (AggregateException e) when (e.InnerExceptions.Count == 1)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
        }
        finally
        {
            stop.Cancel();
            long start = Stopwatch.GetTimestamp();
            foreach (Thread thread in crew)
            {
                if (!cancellation.IsCancellationRequested)
                    thread.Join();
                else
                    thread.Join(TimeSpan.FromTicks(Math.Max(0, (s_patience - Stopwatch.GetElapsedTime(start)).Ticks)));
            }
            if (!Array.Exists(crew, t => t.IsAlive))
            {
                stop.Dispose();
                ordered.Dispose();
                pending.Dispose();
            }
        }
    }

    private static void Read<TItem, TOutcome>(
        IEnumerable<TItem> source,
        BlockingCollection<Slot<TItem, TOutcome>> ordered,
        BlockingCollection<Slot<TItem, TOutcome>> pending,
        CancellationToken stop
    )
    {
        try
        {
            foreach (TItem item in source)
            {
                var slot = new Slot<TItem, TOutcome>(item);
                ordered.Add(slot, stop);
                pending.Add(slot, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller's thread throws.
        }
#pragma warning disable CA1031 // Whatever the source throws belongs to the caller's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var slot = new Slot<TItem, TOutcome>(default!);
            slot.Outcome.SetException(e);
            try
            {
                ordered.Add(slot, stop);
            }
            catch (OperationCanceledException)
            { /* nobody is left to be told */
            }
        }
        finally
        {
            ordered.CompleteAdding();
            pending.CompleteAdding();
        }
    }

    private static void Work<TItem, TOutcome>(
        BlockingCollection<Slot<TItem, TOutcome>> pending,
        Func<TItem, TOutcome> work,
        CancellationToken stop
    )
    {
        try
        {
            foreach (Slot<TItem, TOutcome> slot in pending.GetConsumingEnumerable(stop))
            {
                try
                {
                    slot.Outcome.SetResult(work(slot.Item));
                }
#pragma warning disable CA1031 // Whatever the work throws belongs to the caller's thread.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    slot.Outcome.SetException(e);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller's thread throws.
        }
    }

    private sealed class Slot<TItem, TOutcome>(TItem item)
    {
        public TItem Item { get; } = item;

        public TaskCompletionSource<TOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
