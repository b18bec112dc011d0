using Geometry.Cli;
using Geometry.Cli.Output;

#pragma warning disable CA2000 // Heard until the process is gone: a signal while it ends must not take its exit status from it.
var signals = new TerminationSignals();
#pragma warning restore CA2000
return await GeometryCommand.RunAsync(args, Streams.OfProcess(), signals.Token).ConfigureAwait(false);
