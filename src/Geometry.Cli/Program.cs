using Geometry.Cli;
using Geometry.Cli.Output;

using var signals = new TerminationSignals();
return await GeometryCommand.RunAsync(args, Streams.OfProcess(), signals.Token).ConfigureAwait(false);
