using SyncHealth.Alerting.Worker.Channels;

namespace SyncHealth.Alerting.Worker.Health;

/// <summary>
/// A sign of life to a dead man's switch outside (Healthchecks, Dead Man's Snitch, a cron monitor): after a completed round, once a minute.
/// When evaluation stops, it stops, and the switch outside says so: what is dead cannot page.
/// </summary>
internal sealed class Heartbeat(ChannelHttp http, AlertingCounters counters, AlertingOptions options)
{
    /// <summary>Time between two signs of life, on the wall clock.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _beatAt = DateTimeOffset.MinValue;

    /// <summary>Gives a sign of life if it is time; does not throw for what a network can do.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var now = options.DeliveryClock.GetUtcNow();
        if (options.HeartbeatUrl is not { IsEmpty: false } url || now - _beatAt < Interval)
            return;
        _beatAt = now;
        using var request = new HttpRequestMessage(HttpMethod.Get, url.Reveal());
        var answer = await http.SendAsync(request, [url], cancellationToken);
        counters.CountHeartbeat(answer.Failure is null);
    }
}
