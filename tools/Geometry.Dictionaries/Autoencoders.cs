using Geometry.Configurations;
using Geometry.Dictionaries;
using Geometry.LinearAlgebra;

namespace Geometry.Planted;

/// <summary>
/// The worked example: sparse autoencoders of several sizes on a toy model whose features are known, and which of its planes their
/// dictionaries keep.
/// </summary>
internal static class Autoencoders
{
    private const int Inputs = 20_000;

    public static void Run(Arguments given)
    {
        string folder = given.Text("out", "autoencoders");
        double[] sizes = given.Numbers("sizes", "0.5,1,2,4,8");
        int steps = given.Whole("steps", 3000),
            seed = given.Whole("seed", 1);
        double penalty = given.Number("penalty", 0.2),
            rate = given.Number("rate", 2e-3);
        given.Finish();
        Directory.CreateDirectory(folder);
        KnownModel model = KnownModel.Train(seed);
        FeatureConfiguration w = model.Weights;
        Write(Path.Combine(folder, "W"), [.. w.Columns.ToArray().Select(x => (float)x)], w.Hidden, model.Names);
        Console.WriteLine(
            $"The model: {w.Features} features in {w.Hidden} dimensions; {model.Planes.Count(p => p.Features.Length == 5)} planes "
                + $"with a pentagon, {model.Planes.Count(p => p.Features.Length == 8)} with a square antiprism."
        );
        Console.WriteLine();
        Console.WriteLine(
            "| features | of which alive | true features found | unexplained | active an input | planes found | kept | split | part "
                + "| swollen | merged | lost | other |"
        );
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        Row("the model itself", $"{w.Features}", $"{w.Features}", "", "", w, model);
        foreach (double factor in sizes)
        {
            int size = (int)Math.Round(factor * w.Features);
            var autoencoder = new SparseAutoencoder(w.Hidden, size, new Random(seed));
            // A constant rate, then down to nothing over the last fifth.
            for (int step = 0; step < steps; step++)
                autoencoder.Step(model.Draw, rate * Math.Min(1, 5 * (1 - ((double)step / steps))), penalty);
            (double error, double square, double active, int[] firing) = autoencoder.Measure(model.Draw, Inputs);
            // A feature that never fires keeps the direction that it began with: it is no part of what was learned.
            int[] alive = [.. Enumerable.Range(0, size).Where(j => firing[j] > Inputs / 10_000)];
            float[] directions = [.. alive.SelectMany(j => autoencoder.Directions.Slice(j * w.Hidden, w.Hidden).ToArray())];
            var dictionary = new FeatureConfiguration(w.Hidden, alive.Length, [.. directions.Select(x => (double)x)]);
            (int found, string[] names) = Names(model, dictionary);
            Write(Path.Combine(folder, $"{size}"), directions, w.Hidden, names);
            Row($"{size}", $"{alive.Length}", $"{found}", $"{100 * error / square:F1} %", $"{active:F1}", dictionary, model);
        }
        Console.WriteLine();
        Console.WriteLine(
            $"The dictionaries and the names of their features are in {folder}: geometry planes "
                + $"{folder}/{Math.Round(w.Features * sizes[0])}.npy --names {folder}/{Math.Round(w.Features * sizes[0])}.txt --out planes"
        );
    }

    private static void Row(
        string size,
        string alive,
        string found,
        string unexplained,
        string active,
        FeatureConfiguration dictionary,
        KnownModel model
    )
    {
        DictionaryPlanes planes = PlaneSearch.Find(dictionary, new PlaneSearchOptions());
        PlanesOfModel of = PlanesOfModel.Of(model, planes);
        Console.WriteLine(
            $"| {size} | {alive} | {found} | {unexplained} | {active} | {planes.Planes.Count} | {of.Kept} | {of.Split} | {of.Part} "
                + $"| {of.Swollen} | {of.Merged} | {of.Lost} | {of.Other} |"
        );
    }

    /// <summary>
    /// How many true features some direction is near (cosine above 0.95), and for each direction the true feature nearest to it; with a
    /// question mark below 0.9.
    /// </summary>
    private static (int Found, string[] Names) Names(KnownModel model, FeatureConfiguration dictionary)
    {
        FeatureConfiguration w = model.Weights;
        double[] best = new double[w.Features];
        string[] names = new string[dictionary.Features];
        for (int j = 0; j < names.Length; j++)
        {
            (double most, int nearest) = (double.NegativeInfinity, 0);
            for (int i = 0; i < w.Features; i++)
            {
                double cosine =
                    Vectors.Dot(w.Column(i), dictionary.Column(j)) / (Vectors.Norm(w.Column(i)) * Vectors.Norm(dictionary.Column(j)));
                best[i] = Math.Max(best[i], cosine);
                if (cosine > most)
                    (most, nearest) = (cosine, i);
            }
            names[j] = model.Names[nearest] + (most < 0.9 ? "?" : "");
        }
        return (best.Count(b => b > 0.95), names);
    }

    private static void Write(string path, float[] directions, int m, string[] names)
    {
        NpyFile.Write(path + ".npy", directions, directions.Length / m, m);
        File.WriteAllLines(path + ".txt", names);
    }
}
