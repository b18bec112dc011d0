using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Summands;

namespace Geometry.Conjecture;

/// <summary>The learned features of a configuration, which a method assigns to summands.</summary>
internal sealed class LearnedSummands
{
    private readonly int _features;
    private readonly bool[] _taken;
    private readonly List<(int Dim, int[] Features)> _summands = [];

    private LearnedSummands(int features, LearnedColumns columns)
    {
        _features = features;
        Columns = columns;
        _taken = new bool[columns.Count];
    }

    /// <summary>The learned columns.</summary>
    public LearnedColumns Columns { get; }

    /// <summary>The features whose norm is at least half of the largest, not yet assigned.</summary>
    public static LearnedSummands Of(FeatureConfiguration configuration)
    {
        int[] learned = FeatureStatistics.Learned(configuration, new LabelOptions().MinNorm);
        return new LearnedSummands(configuration.Features, LearnedColumns.Of(configuration, learned));
    }

    /// <summary>
    /// Accepts candidates in the order of falling dimension, then of falling number of features, unless one of their features is assigned
    /// already.
    /// </summary>
    /// <param name="candidates">Dimension and ascending indices among the learned columns.</param>
    public void Take(IEnumerable<(int Dim, int[] Features)> candidates)
    {
        foreach ((int dim, int[] features) in candidates.OrderByDescending(c => c.Dim).ThenByDescending(c => c.Features.Length))
        {
            if (Array.Exists(features, f => _taken[f]))
                continue;
            foreach (int f in features)
                _taken[f] = true;
            _summands.Add((dim, features));
        }
    }

    /// <summary>The accepted summands with their names; every other feature is a summand by itself.</summary>
    public RecoveredSum ToSum()
    {
        for (int i = 0; i < _taken.Length; i++)
        {
            if (!_taken[i])
                _summands.Add((1, [i]));
        }
        int[] summand = new int[_features];
        Array.Fill(summand, -1);
        var shapes = new BlockShapes(Columns);
        var terms = new List<FormulaTerm>();
        foreach ((int dim, int[] features) in _summands)
        {
            foreach (int f in features)
                summand[Columns.Features[f]] = terms.Count;
            var block = new Block(
                features,
                PrincipalAxes.Of(Columns.Unit, Columns.Hidden, features),
                -1,
                Math.Min(dim, Math.Min(features.Length, Columns.Hidden))
            );
            BlockName name = shapes.Name(block, double.NaN);
            terms.Add(new FormulaTerm(1, name.Match.Shape, block.Dim, name.Directions));
        }
        return new RecoveredSum(summand, Formula.Of(terms).ToString());
    }
}
