using Geometry.Storage.Results;
using Geometry.Theory;

namespace Geometry.Cli.Theory;

/// <summary>One row of the table of ground states.</summary>
internal sealed record GroundStateRow(int Hidden, int Features, GroundState State, GroundStateDescription Description)
{
    /// <summary>Digits behind the point of an energy that mean something.</summary>
    private const int Digits = 12;

    public static IReadOnlyList<string> Columns { get; } =
    ["hidden", "features", "energy", "share", "live", "norms", "biases", "form", "symmetries"];

    public void Write(Utf8CsvWriter csv)
    {
        csv.Integer(Hidden);
        csv.Integer(Features);
        csv.Number(Math.Round(State.Minimum.Energy, Digits));
        csv.Number(State.Share);
        csv.Integer(Description.Live);
        csv.Text(Description.Norms);
        csv.Text(Description.Biases);
        csv.Text(Description.Form);
        csv.Text(Description.Symmetries?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        csv.EndRow();
    }
}
