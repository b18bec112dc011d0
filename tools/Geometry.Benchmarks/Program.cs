using BenchmarkDotNet.Running;

// dotnet run -c Release --project tools/Geometry.Benchmarks -- --filter '*Hough*' --job short
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
