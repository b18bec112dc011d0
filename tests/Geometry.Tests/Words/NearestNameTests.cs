using Geometry.Words;
using Xunit;

namespace Geometry.Tests.Words;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("learning_rate", "lerning_rate")]
    [InlineData("hidden", "hdiden")]
    [InlineData("batch", "BATCHES")]
    [InlineData("bias", "")]
    public void The_nearest_is_the_one_meant(string meant, string typed) =>
        Assert.Equal(meant, NearestName.Of(typed, ["steps", "learning_rate", "hidden", "batch", "bias"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("hdiden", "Hidden", 1)]
    public void The_distance_counts_insertions_deletions_changes_and_swaps(string a, string b, int distance)
    {
        Assert.Equal(distance, NearestName.Distance(a, b));
        Assert.Equal(distance, NearestName.Distance(b, a));
    }

    [Fact]
    public void A_word_of_any_length_is_compared_at_once_and_nothing_is_near_to_nothing()
    {
        Assert.Equal("bias", NearestName.Of("bias" + new string('x', 50_000_000), ["bias", "weights"]));
        Assert.Equal("", NearestName.Of("bias", []));
    }
}
