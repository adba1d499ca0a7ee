using SyncHealth.Ingest.Limits;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

public sealed class ReceiveBlocksTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(ReceiveBlocks.BlockBytes)]
    public void Rent_AnySizeThatFits_GivesAWholeBlock(int size)
    {
        using var pool = new ReceiveBlocks();
        using var block = pool.Rent(size);
        Assert.Equal(ReceiveBlocks.BlockBytes, block.Memory.Length);
        Assert.Equal(ReceiveBlocks.BlockBytes, pool.MaxBufferSize);
    }

    [Fact]
    public void Rent_MoreThanABlock_Throws()
    {
        using var pool = new ReceiveBlocks();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(ReceiveBlocks.BlockBytes + 1));
    }

    [Fact]
    public void Dispose_GivenBackTwice_GoesToOneTenantOnly()
    {
        using var pool = new ReceiveBlocks();
        var first = pool.Rent();
        first.Memory.Span[0] = 7;
        first.Dispose();
        first.Dispose();

        using var again = pool.Rent();
        using var other = pool.Rent();

        Assert.Equal(7, again.Memory.Span[0]);
        other.Memory.Span[0] = 9;
        Assert.Equal(7, again.Memory.Span[0]);
        Assert.True(first.Memory.IsEmpty);
    }
}
