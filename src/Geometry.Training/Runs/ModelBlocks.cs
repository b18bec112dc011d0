using System.Globalization;

namespace Geometry.Training;

/// <summary>One array of parameters.</summary>
/// <param name="Name">Its name in weight files.</param>
/// <param name="Rows">Rows of a matrix, or length of a vector.</param>
/// <param name="Columns">Columns of a matrix; 0 for a vector.</param>
public sealed record ParameterBlock(string Name, int Rows, int Columns)
{
    /// <summary>Whether it is a vector, a bias.</summary>
    public bool IsVector => Columns == 0;

    /// <summary>Number of entries.</summary>
    public int Length => IsVector ? Rows : Rows * Columns;
}

/// <summary>
/// The arrays of a model: for a component W (m×n, its encoder), <c>decoder</c> (m×n, only if untied) and <c>b</c> (n); for a deep model W1
/// (outputs×inputs), b1, W2, b2 …; for a head also <c>head</c> (classes×hidden) and <c>head_b</c> (classes).
/// </summary>
internal static class ModelBlocks
{
    internal static IReadOnlyList<ParameterBlock> Of(ModelShape model)
    {
        var blocks = new List<ParameterBlock>();
        if (model.Layers.Count == 0)
        {
            blocks.Add(new ParameterBlock("W", model.Hidden, model.Features));
            if (!model.Tied)
                blocks.Add(new ParameterBlock("decoder", model.Hidden, model.Features));
            if (model.Bias)
                blocks.Add(new ParameterBlock("b", model.Features, 0));
        }
        for (int l = 0; l < model.Layers.Count; l++)
        {
            DenseLayer layer = model.Layers[l];
            string number = (l + 1).ToString(CultureInfo.InvariantCulture);
            blocks.Add(new ParameterBlock("W" + number, layer.Outputs, layer.Inputs));
            if (model.Bias)
                blocks.Add(new ParameterBlock("b" + number, layer.Outputs, 0));
        }
        if (model.Head is { } head)
        {
            blocks.Add(new ParameterBlock("head", head.Classes, model.Layers.Count == 0 ? model.Hidden : model.Layers[^1].Inputs));
            blocks.Add(new ParameterBlock("head_b", head.Classes, 0));
        }
        return blocks;
    }
}
