using System.Net;
using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet.Networks;

/// <summary>
/// The entrance of a device's region to the sync server. In an outage it answers for the server that it cannot reach: 503, as load balancers do.
/// The way to it works, and so does the way to ingest, so the devices can tell what they meet.
/// </summary>
/// <param name="outage">The outage of the device's region; null for none.</param>
/// <param name="now">Fleet time.</param>
/// <param name="random">Draws which requests pass while the entrance recovers.</param>
/// <param name="server">Sends the real request; shared by all devices.</param>
internal sealed class RegionalEntrance(Outage? outage, Func<TimeSpan> now, Random random, HttpMessageInvoker server) : HttpMessageHandler
{
    private readonly Lock _lock = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Passes() ? server.SendAsync(request, cancellationToken) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request });

    private bool Passes()
    {
        if (outage is null)
            return true;
        lock (_lock)
            return random.NextDouble() < outage.PassingAt(now());
    }
}
