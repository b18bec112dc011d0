using Geometry.Cli;
using Geometry.Cli.Output;

return await GeometryCommand.RunAsync(args, Streams.OfProcess(), CancellationToken.None).ConfigureAwait(false);
