using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

public sealed class CommitterTests
{
    [Theory]
    [InlineData("", "0", "0e")]
    [InlineData("", "2,0", "0e 2e")]
    [InlineData("0", "0", "0r 1e")]
    [InlineData("0,1", "0", "0r 1r 2e")]
    [InlineData("1", "0,1", "0e 1r 2e")]
    [InlineData("1,2,5", "0,1,2,3", "0e 1r 2r 3e 4e 5r 6e")]
    [InlineData("7", "1", "1e 7r")]
    public void WithErased_PutsThemAtTheirPlaceInTheRequest(string refused, string erased, string expected)
    {
        var all = Committer.WithErased([.. Numbers(refused).Select(index => new Rejection(index, ReasonCodes.InvalidType, ""))], [.. Numbers(erased)]);
        Assert.Equal(expected, string.Join(' ', all.Select(rejection => $"{rejection.Index}{(rejection.Code == ReasonCodes.DeviceErased ? 'e' : 'r')}")));
    }

    /// <summary>Against the plain way: number the events, leave out the refused, look up.</summary>
    [Fact]
    public void WithErased_AnyRequest_IsWhatCountingSays()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var refused = Enumerable.Range(0, 30).Where(_ => random.Next(3) == 0).ToArray();
            var kept = Enumerable.Range(0, 30).Except(refused).ToArray();
            var erased = Enumerable.Range(0, kept.Length).Where(_ => random.Next(2) == 0).ToArray();

            var all = Committer.WithErased([.. refused.Select(index => new Rejection(index, ReasonCodes.InvalidType, ""))], erased);

            Assert.Equal(erased.Select(position => kept[position]), all.Where(rejection => rejection.Code == ReasonCodes.DeviceErased).Select(rejection => rejection.Index));
            Assert.Equal(refused.Concat(erased.Select(position => kept[position])).Order(), all.Select(rejection => rejection.Index));
        }
    }

    private static IEnumerable<int> Numbers(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
}
