using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class ByteBlocksTests
{
    [Fact]
    public void Take_AnyLengths_GivesEachItsOwnBytes()
    {
        var blocks = new ByteBlocks();
        int[] lengths = [0, 1, 4_095, 4_096, 0, 4_097, 100_000, 3, 65_536, 65_537, .. Enumerable.Repeat(977, 300)];
        var taken = lengths.Select(blocks.Take).ToList();

        for (var i = 0; i < taken.Count; i++)
            taken[i].AsSpan().Fill((byte)i);

        Assert.Equal(lengths, taken.Select(segment => segment.Count));
        Assert.All(taken.Index(), item => Assert.Equal(-1, item.Item.AsSpan().IndexOfAnyExcept((byte)item.Index)));
    }
}
