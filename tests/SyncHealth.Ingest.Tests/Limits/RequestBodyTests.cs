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
}
