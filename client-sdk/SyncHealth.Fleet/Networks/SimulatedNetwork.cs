namespace SyncHealth.Fleet.Networks;

/// <summary>
/// A device's way to the servers: latency, transfer times and losses as modelled, around a real request over the real network.
/// What happens to a request is decided by its size and by the link it meets, not by the result that anybody wants to see.
/// </summary>
/// <param name="linkNow">The device's link at this moment.</param>
/// <param name="wait">Lets modelled time pass.</param>
/// <param name="random">Draws jitter and losses.</param>
/// <param name="real">Sends the real request; shared by all devices.</param>
internal sealed class SimulatedNetwork(Func<Link> linkNow, Func<TimeSpan, CancellationToken, Task> wait, Random random, HttpMessageInvoker real) : HttpMessageHandler
{
    /// <summary>Bytes of headers and framing per message.</summary>
    private const int HeaderBytes = 500;

    /// <summary>Spread of the round trip around the link's typical one.</summary>
    private const double RoundTripSigma = 0.35;

    /// <summary>How long nothing happens when a message is lost; every sender gives up earlier.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>How long a device needs to notice that it has no network.</summary>
    private static readonly TimeSpan NoticesOffline = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private volatile bool _isBypassed;

    /// <summary>Ends the simulation: from here on requests go straight through.</summary>
    public void Bypass() => _isBypassed = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_isBypassed)
            return await real.SendAsync(request, cancellationToken);

        var link = await ConnectAsync(cancellationToken);
        var (jitter, isRequestLost, isAnswerLost) = Draw(link);
        var halfTrip = link.RoundTrip * jitter / 2;
        await wait(halfTrip + link.TimeUp(HeaderBytes + (request.Content?.Headers.ContentLength ?? 0)), cancellationToken);
        if (isRequestLost)
            await LoseAsync(cancellationToken);
        ThrowIfGone();

        var response = await real.SendAsync(request, cancellationToken);
        try
        {
            // The body is fetched here, so that its transfer is modelled as a whole and costs no modelled time by itself.
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            if (isAnswerLost)
                await LoseAsync(cancellationToken);
            await wait(halfTrip + link.TimeDown(HeaderBytes + (response.Content.Headers.ContentLength ?? 0)), cancellationToken);
            ThrowIfGone();
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<Link> ConnectAsync(CancellationToken cancellationToken)
    {
        var link = linkNow();
        if (link.Kind != LinkKind.Offline)
            return link;
        await wait(NoticesOffline, cancellationToken);
        throw Unreachable();
    }

    private (double Jitter, bool IsRequestLost, bool IsAnswerLost) Draw(Link link)
    {
        lock (_lock)
            return (random.LogNormal(1, RoundTripSigma), random.NextDouble() < link.Loss / 2, random.NextDouble() < link.Loss / 2);
    }

    private async Task LoseAsync(CancellationToken cancellationToken)
    {
        await wait(Silence, cancellationToken);
        throw Unreachable();
    }

    private void ThrowIfGone()
    {
        if (linkNow().Kind == LinkKind.Offline)
            throw Unreachable();
    }

    private static HttpRequestException Unreachable() => new(HttpRequestError.ConnectionError, "The modelled network did not carry the request.");
}
