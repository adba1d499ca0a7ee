using SyncHealth.Ingest.Limits;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

public sealed class RequestBodyTests
{
    [Fact]
    public void TryGrow_BytesInFlightSpent_RefusesAndDisposeGivesBack()
    {
        var inFlight = new InFlightBytes(100_000);
        var first = new RequestBody(inFlight, 1_000_000);
        var second = new RequestBody(inFlight, 1_000_000);

        Assert.True(first.TryGrow(65_536));
        Assert.False(second.TryGrow(65_536));
        first.Dispose();
        Assert.Equal(0, inFlight.Taken);
        Assert.True(second.TryGrow(65_536));
        second.Dispose();
        Assert.Equal(0, inFlight.Taken);
    }

    [Fact]
    public void Advance_PastTheLimit_IsTooLargeAndKeepsWhatWasRead()
    {
        using var body = new RequestBody(new InFlightBytes(2 * RequestBody.BlockBytes), maxBytes: 100);
        var written = 0;
        while (!body.IsTooLarge && body.TryGrow(16))
        {
            body.Free.Span.Fill((byte)'x');
            written += body.Free.Length;
            body.Advance(body.Free.Length);
        }

        Assert.Equal(101, written);
        Assert.True(body.TryJoin());
        Assert.Equal(101, body.Bytes.Span.Count((byte)'x'));
    }

    /// <summary>A bomb costs what its limit is and the rest of a block, however far its buffers had to grow.</summary>
    [Theory]
    [InlineData(10 * 1024 * 1024)]
    [InlineData(20 * 1024 * 1024)]
    public void TryGrow_ToTheLimit_TakesTheLimitAndTwoBlocksAtMost(int maxBytes)
    {
        var inFlight = new InFlightBytes(long.MaxValue);
        using var body = new RequestBody(inFlight, maxBytes);
        while (!body.IsTooLarge && body.TryGrow(64 * 1024))
            body.Advance(body.Free.Length);

        Assert.True(body.IsTooLarge);
        Assert.InRange(inFlight.Taken, maxBytes + 1, maxBytes + 2 * RequestBody.BlockBytes);
    }

    /// <summary>Read in pieces of any size, over blocks and their edges, and made one piece: the same bytes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(64 * 1024 + RequestBody.BlockBytes)]
    [InlineData(64 * 1024 + RequestBody.BlockBytes + 1)]
    [InlineData(5_000_003)]
    public void TryJoin_WhatWasReadInPieces_IsWholeAndInOrder(int length)
    {
        var expected = new byte[length];
        new Random(length).NextBytes(expected);
        var inFlight = new InFlightBytes(long.MaxValue);
        using var body = new RequestBody(inFlight, 10_000_000);
        for (var written = 0; written < length;)
        {
            Assert.True(body.TryGrow(64 * 1024));
            var piece = Math.Min(Math.Min(40_009, body.Free.Length), length - written);
            expected.AsSpan(written, piece).CopyTo(body.Free.Span);
            body.Advance(piece);
            written += piece;
        }

        Assert.True(body.TryJoin());
        Assert.True(expected.AsSpan().SequenceEqual(body.Bytes.Span));
        body.Dispose();
        Assert.Equal(0, inFlight.Taken);
    }

    [Fact]
    public void TryJoin_NoRoomForTheCopy_RefusesAndDisposeGivesBack()
    {
        var inFlight = new InFlightBytes(3 * RequestBody.BlockBytes);
        var body = new RequestBody(inFlight, 10_000_000);
        for (var block = 0; block < 2; block++)
        {
            Assert.True(body.TryGrow(RequestBody.BlockBytes));
            body.Advance(body.Free.Length);
        }

        Assert.False(body.TryJoin());
        body.Dispose();
        Assert.Equal(0, inFlight.Taken);
    }
}
