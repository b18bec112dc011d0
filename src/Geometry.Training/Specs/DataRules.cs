using System.Globalization;

namespace Geometry.Training.Specs;

/// <summary>The section <c>data</c>: density, importance and groups, checked against the sweep's numbers of features.</summary>
internal sealed class DataRules
{
    private readonly Axis _features;

    /// <exception cref="SpecException">A rule is malformed or does not fit the features.</exception>
    public DataRules(SpecSection data, Axis features)
    {
        _features = features;
        Density = ReadDensity(data);
        Importance = data.Find("importance") is { } importance
            ? ReadImportance(importance, "data.importance", features)
            : new ImportanceRule(ImportanceForm.Uniform, Axis.Of(1), null);
        Groups = data.Find("groups") is { } groups ? ReadGroups(groups) : GroupRule.None;
    }

    public DensityRule Density { get; }

    public ImportanceRule Importance { get; }

    public GroupRule Groups { get; }

    private DensityRule ReadDensity(SpecSection data)
    {
        if (data.Find("active") is { } active)
        {
            if ((data.Find("density") ?? data.Find("sparsity")) is { } both)
                throw new SpecException(both.Line, "data has both active and density or sparsity; expected one of them");
            return PairRules.ReadActive(active, _features);
        }
        SpecNode? density = data.Find("density"),
            sparsity = data.Find("sparsity");
        if (density is not null && sparsity is not null)
            throw new SpecException(sparsity.Line, "data has both density and sparsity; expected one of them");
        if ((density ?? sparsity) is not { } node)
            throw new SpecException(data.Line, "data.density (or data.sparsity) is missing");
        bool asSparsity = density is null;
        (string path, NumberKind kind) = asSparsity ? ("data.sparsity", NumberKind.Sparsity) : ("data.density", NumberKind.Density);
        if (node is not SpecMap map || AxisReader.IsSpaced(node))
            return new DensityRule(asSparsity, AxisReader.Read(node, path, kind), null);
        var section = new SpecSection(map, path, ["per_feature", "linspace", "logspace"]);
        SpecNode listed = section.Require("per_feature");
        return new DensityRule(asSparsity, null, PerFeature(listed, section.PathOf("per_feature"), kind, _features));
    }

    /// <exception cref="SpecException">The rule is malformed or does not fit the features.</exception>
    public static ImportanceRule ReadImportance(SpecNode node, string path, Axis features)
    {
        switch (node)
        {
            case SpecList:
                return new ImportanceRule(ImportanceForm.PerFeature, null, PerFeature(node, path, NumberKind.NotNegative, features));
            case SpecMap map when !AxisReader.IsSpaced(node):
                var section = new SpecSection(map, path, ["decay", "last", "linspace", "logspace"]);
                if (map.Entries.Count != 1)
                    throw new SpecException(map.Line, $"{path}: expected one of decay and last, found {map.Entries.Count} keys");
                string key = map.Entries[0].Key;
                Axis value = section.Axis(key, NumberKind.NotNegative);
                if (key == "decay" && value.Values.Any(d => !double.IsFinite(Elementary.Pow(d, features.Values.Max() - 1))))
                    throw new SpecException(map.Entries[0].Line, $"{path}.decay: the importance of the last feature overflows");
                return new ImportanceRule(key == "decay" ? ImportanceForm.Decay : ImportanceForm.Last, value, null);
            default:
                return new ImportanceRule(ImportanceForm.Uniform, AxisReader.Read(node, path, NumberKind.NotNegative), null);
        }
    }

    private GroupRule ReadGroups(SpecNode node)
    {
        const string Path = "data.groups";
        if (node is SpecScalar { Text: "none" })
            return GroupRule.None;
        if (node is not SpecMap map)
            throw new SpecException(
                node.Line,
                $"{Path}: expected none, {{ correlated: k }}, {{ anticorrelated: k }} or lists of features in place of k, found "
                    + $"{node.Found}"
            );
        var section = new SpecSection(map, Path, ["correlated", "anticorrelated"]);
        if (map.Entries.Count != 1)
            throw new SpecException(map.Line, $"{Path}: expected one of correlated and anticorrelated, found {map.Entries.Count} keys");
        (string key, int line, SpecNode value) = map.Entries[0];
        GroupKind kind = key == "correlated" ? GroupKind.Correlated : GroupKind.Anticorrelated;
        if (value is SpecList { Items: [SpecList, ..] } lists)
            return new GroupRule(kind, null, ReadLists(lists, section.PathOf(key)));
        Axis size = section.Axis(key, NumberKind.Count);
        foreach (double k in size.Values)
        {
            foreach (double n in _features.Values)
            {
                if (n % k != 0)
                    throw new SpecException(
                        line,
                        FormattableString.Invariant(
                            $"{Path}.{key}: {n} features do not divide into groups of {k}; list the groups instead: [[0, 1], [2, 3, 4]]"
                        )
                    );
            }
        }
        if (Density.PerFeature is not null)
            CheckDensities(GroupsOfAll(kind, size), line);
        return new GroupRule(kind, size, null);
    }

    private List<IReadOnlyList<int>> ReadLists(SpecList lists, string path)
    {
        var groups = new List<IReadOnlyList<int>>();
        var seen = new Dictionary<int, int>();
        foreach (SpecNode node in lists.Items)
        {
            if (node is not SpecList { Items.Count: > 0 } list)
                throw new SpecException(node.Line, $"{path}: expected a list of features, found {node.Found}");
            var group = new List<int>();
            foreach (SpecNode item in list.Items)
            {
                int feature = (int)AxisReader.Number(item, path, NumberKind.CountOrZero);
                if (feature >= _features.Values.Min())
                    throw new SpecException(
                        item.Line,
                        FormattableString.Invariant(
                            $"{path}: there is no feature {feature}; a model has {_features.Values.Min()}, counted from 0"
                        )
                    );
                if (!seen.TryAdd(feature, groups.Count))
                    throw new SpecException(
                        item.Line,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{path}: groups overlap: feature {feature} is in group {seen[feature]} and in group {groups.Count} "
                                + $"(both from 0)"
                        )
                    );
                group.Add(feature);
            }
            groups.Add(group);
        }
        CheckDensities(groups, lists.Line);
        return groups;
    }

    private IEnumerable<IReadOnlyList<int>> GroupsOfAll(GroupKind kind, Axis size) =>
        from k in size.Values
        from n in _features.Values
        from g in new GroupRule(kind, size, null).Groups((int)k, (int)n).Groups
        select g;

    /// <summary>A group has one mask, and therefore one density.</summary>
    private void CheckDensities(IEnumerable<IReadOnlyList<int>> groups, int line)
    {
        if (Density.PerFeature is not { } each)
            return;
        foreach (IReadOnlyList<int> group in groups)
        {
            foreach (int feature in group)
            {
                if (each[feature] != each[group[0]])
                    throw new SpecException(
                        line,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"data.groups: features {group[0]} and {feature} are in one group, but their {Density.Name} differs: "
                                + $"{each[group[0]]} and {each[feature]}"
                        )
                    );
            }
        }
    }

    private static double[] PerFeature(SpecNode node, string path, NumberKind kind, Axis features)
    {
        if (node is not SpecList list)
            throw new SpecException(node.Line, $"{path}: expected a list with one number a feature, found {node.Found}");
        double[] values = [.. list.Items.Select(item => AxisReader.Number(item, path, kind))];
        foreach (double n in features.Values)
        {
            if (values.Length != n)
                throw new SpecException(
                    node.Line,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: {values.Length} numbers, one per feature, but a model has {n} features; an axis of one number for "
                            + $"all is written with linspace or logspace"
                    )
                );
        }
        return values;
    }
}
