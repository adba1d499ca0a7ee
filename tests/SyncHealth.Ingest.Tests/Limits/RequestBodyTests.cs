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
        using var body = new RequestBody(new InFlightBytes(1_000_000), maxBytes: 100);
        var written = 0;
        while (!body.IsTooLarge && body.TryGrow(16))
        {
            body.Free.Span.Fill((byte)'x');
            written += body.Free.Length;
            body.Advance(body.Free.Length);
        }

        Assert.Equal(101, written);
        Assert.Equal(101, body.Bytes.Span.Count((byte)'x'));
    }

    /// <summary>A bomb costs what its limit is, not the next power of two.</summary>
    [Theory]
    [InlineData(10 * 1024 * 1024)]
    [InlineData(20 * 1024 * 1024)]
    public void TryGrow_ToTheLimit_AllBuffersTogetherStayBelowTwiceIt(int maxBytes)
    {
        var inFlight = new InFlightBytes(long.MaxValue);
        using var body = new RequestBody(inFlight, maxBytes);
        var sizes = new HashSet<long>();
        while (!body.IsTooLarge && body.TryGrow(64 * 1024))
        {
            sizes.Add(inFlight.Taken);
            body.Advance(body.Free.Length);
        }

        Assert.True(body.IsTooLarge);
        Assert.Equal(maxBytes + 1, sizes.Max());
        Assert.InRange(sizes.Sum(), maxBytes, 2L * maxBytes);
    }
}
