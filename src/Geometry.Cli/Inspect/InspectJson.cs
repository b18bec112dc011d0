using System.Text;
using System.Text.Json;
using Geometry.Labels;
using Geometry.Words;

namespace Geometry.Cli.Inspect;

/// <summary>One run as JSON: one object on one line; unknown values are null.</summary>
internal static class InspectJson
{
    public static void Write(TextWriter writer, InspectedRun run)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            Write(json, run);
        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, InspectedRun run)
    {
        json.WriteStartObject();
        json.WriteString("source", run.Source);
        if (run.Weights is { } weights)
            json.WriteString("weights", weights);
        json.WriteNumber("instance", run.Instance);
        json.WriteNumber("instances", run.Instances);
        json.WriteNumber("n", run.Configuration.Features);
        json.WriteNumber("m", run.Configuration.Hidden);
        json.WriteStartObject("parameters");
        foreach ((string name, double value) in run.Parameters)
            Number(json, name, value);
        json.WriteEndObject();
        json.WriteString("label", run.Label.Label);
        json.WriteString("formula", run.Label.Formula);
        json.WriteNumber("learned", run.Label.Learned.Count);
        json.WriteNumber("rank", run.Label.Rank);
        Number(json, "dims_per_feature", run.Label.DimsPerFeature);
        Number(json, "frame_defect", run.Label.FrameDefect);
        Number(json, "max_residual_deg", run.Label.MaxResidualDegrees);
        Number(json, "orthogonality_defect", run.Label.OrthogonalityDefect);
        Number(json, "noise_scale", run.Label.NoiseScale);
        json.WriteString("decided_by", run.Label.DecidedBy);
        json.WriteString("route", run.Label.Agreement.Route);
        if (run.Head is { } head)
        {
            json.WriteStartArray("classes");
            foreach (double[] shares in SummandSpan.OfClasses(run.Configuration, run.Label.Summands, head))
            {
                json.WriteStartArray();
                foreach (double share in shares)
                    NumberText.Write(json, share);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        json.WriteStartArray("summands");
        foreach (Summand summand in run.Label.Summands)
            Write(json, summand);
        json.WriteEndArray();
        Features(json, run);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Summand summand)
    {
        json.WriteStartObject();
        json.WriteString("shape", summand.Match.Shape);
        json.WriteNumber("dim", summand.Dim);
        json.WriteNumber("count", summand.Count);
        json.WriteNumber("directions", summand.Directions);
        json.WriteStartArray("features");
        foreach (int feature in summand.Features)
            json.WriteNumberValue(feature);
        json.WriteEndArray();
        Number(json, "residual_deg", summand.Match.ResidualDegrees);
        Number(json, "p_value", summand.Match.PValue);
        if (summand.Match.Nearest is { } nearest)
            json.WriteString("nearest", nearest);
        Number(json, "sphere_radius", summand.Sphere.Radius);
        Number(json, "sphere_rms", summand.Sphere.Rms);
        Number(json, "center_norm", summand.Sphere.CenterNorm);
        json.WriteEndObject();
    }

    private static void Features(Utf8JsonWriter json, InspectedRun run)
    {
        int[] summandOf = new int[run.Configuration.Features];
        Array.Fill(summandOf, -1);
        for (int s = 0; s < run.Label.Summands.Count; s++)
        {
            foreach (int feature in run.Label.Summands[s].Features)
                summandOf[feature] = s;
        }
        json.WriteStartArray("features");
        for (int i = 0; i < summandOf.Length; i++)
        {
            json.WriteStartObject();
            Number(json, "norm", run.Label.Norms[i]);
            Number(json, "dimensionality", run.Label.Dimensionalities[i]);
            if (summandOf[i] >= 0)
                json.WriteNumber("summand", summandOf[i]);
            else
                json.WriteNull("summand");
            if (run.Bias is { } bias)
                Number(json, "bias", bias[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        NumberText.Write(json, value);
    }
}
