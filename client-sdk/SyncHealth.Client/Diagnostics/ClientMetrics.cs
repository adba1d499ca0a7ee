using System.Diagnostics;
using System.Diagnostics.Metrics;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Diagnostics;

/// <summary>The same facts as instruments, for the host's own OpenTelemetry.</summary>
internal static class ClientMetrics
{
    /// <summary>Name of the <see cref="Meter"/> and the <see cref="ActivitySource"/>: what a host passes to <c>AddMeter</c> and <c>AddSource</c>.</summary>
    internal const string Name = "SyncHealth.Client";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("sync.attempts", "{attempt}", "Sync attempts that ended, by type, outcome and network.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("sync.duration", "s", "Time from start to end of a sync attempt.");
    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("sync.conflicts", "{conflict}", "Conflicts met by sync attempts.");
    private static readonly Histogram<long> QueueDepth = Meter.CreateHistogram<long>("sync.queue_depth", "{item}", "Local changes that wait, as reported by attempts and heartbeats.");
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("synchealth.client.sent", "{event}", "Telemetry events that the server has answered for.");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>("synchealth.client.dropped", "{event}", "Telemetry events given up, by reason.");

    internal static void Recorded(EventRecord record)
    {
        try
        {
            Measure(record);
        }
#pragma warning disable CA1031 // Whatever the host's listener throws, its app and our books go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ListenerProblem.Note(exception);
        }
    }

    /// <summary>Passes on what one transaction changed in the books.</summary>
    internal static void Booked(QueueBooks before, QueueBooks after)
    {
        try
        {
            Measure(before, after);
        }
#pragma warning disable CA1031 // As above: the transaction is committed, and must not look failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ListenerProblem.Note(exception);
        }
    }

    private static void Measure(EventRecord record)
    {
        QueueDepth.Record(record.QueuedItems);
        if (record.Type is SyncType.Open or SyncType.Reset || !Attempts.Enabled && !Duration.Enabled && !Conflicts.Enabled)
            return;

        var tags = new TagList
        {
            { "sync.type", Wire.Type.NameOrUnknown(record.Type) },
            { "sync.outcome", Wire.Outcome.NameOrUnknown(record.Outcome) },
            { "network.connection.type", Wire.Network.NameOrUnknown(record.Network) },
        };
        Attempts.Add(1, tags);
        Duration.Record(record.DurationMs / 1000.0, tags);
        if (record.ConflictCount > 0)
            Conflicts.Add(record.ConflictCount, tags);
    }

    private static void Measure(QueueBooks before, QueueBooks after)
    {
        if (after.Sent > before.Sent)
            Sent.Add(after.Sent - before.Sent);
        foreach (var reason in after.Dropped)
            if (reason.Value - (before.Dropped.TryGetValue(reason.Key, out var known) ? known : 0) is > 0 and var more)
                Dropped.Add(more, new KeyValuePair<string, object?>("reason", reason.Key));
    }
}
