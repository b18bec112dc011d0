using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Training.Tests.Specs;

public class AxisTextTests
{
    [Theory]
    [InlineData("0.5", AxisForm.Single, new[] { 0.5 })]
    [InlineData("1,0.1,0.01", AxisForm.List, new[] { 1, 0.1, 0.01 })]
    [InlineData(" [1, 0.5] ", AxisForm.List, new[] { 1, 0.5 })]
    [InlineData("{ logspace: [1, 0.01, 3] }", AxisForm.LogSpace, new[] { 1, 0.1, 0.01 })]
    [InlineData("{linspace: [0, 1, 3]}", AxisForm.LinSpace, new[] { 0, 0.5, 1 })]
    public void AnAxisIsReadAsInASpec(string text, AxisForm form, double[] values)
    {
        Axis axis = AxisText.NotNegative(text, "--density");
        Assert.Equal(form, axis.Form);
        Assert.Equal(values, axis.Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("1 2")]
    [InlineData("[1")]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("1e999")]
    [InlineData("{ logspac: [1, 2, 3] }")]
    [InlineData("{ logspace: [1, 2] }")]
    [InlineData("{ a: 1, b: 2 }")]
    [InlineData("*a")]
    [InlineData("!!int 1")]
    public void WhatIsNoneIsRefusedInOneLineThatNamesTheOption(string text)
    {
        string message = Assert.Throws<FormatException>(() => AxisText.Densities(text, "--density")).Message;
        Assert.StartsWith("--density", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void ImportanceIsReadAsInASpec()
    {
        Axis features = AxisText.Counts("3", "--features");
        Assert.Equal([1, 1, 0.3], AxisText.Importance("{ last: 0.3 }", "--importance", features).Importances(0.3, 3));
        Assert.Equal([1, 0.5, 0.25], AxisText.Importance("{ decay: 0.5 }", "--importance", features).Importances(0.5, 3));
        Assert.Equal([3, 2, 1], AxisText.Importance("3,2,1", "--importance", features).Importances(0, 3));
    }
}
