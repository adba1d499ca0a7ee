using System.Text;
using SyncHealth.Client.Recording;

namespace SyncHealth.Client.Tests.Recording;

public sealed class EventIdsTests
{
    [Theory]
    [InlineData(1, "-1")]
    [InlineData(4711, "-4711")]
    [InlineData(long.MaxValue, "-9223372036854775807")]
    public void Of_Number_IsTheRunThenTheNumber(long seq, string end)
    {
        var ids = new EventIds();

        var id = Text(ids.Of(seq));

        Assert.Equal(Text(ids.Of(1))[..15], id[..15]);
        Assert.All(id[..15], digit => Assert.True(char.IsAsciiHexDigitLower(digit), id));
        Assert.Equal(end, id[15..]);
    }

    [Fact]
    public void Of_SameNumberInManyRuns_IsNeverTheSameName()
    {
        var ids = new EventIds();
        var names = new HashSet<string>();
        for (var run = 0; run < 10_000; run++)
        {
            Assert.True(names.Add(Text(ids.Of(1))));
            ids.Renew();
        }

        Assert.True(names.Add(Text(new EventIds().Of(1))));
    }

    private static string Text(ReadOnlySpan<byte> id) => Encoding.ASCII.GetString(id);
}
