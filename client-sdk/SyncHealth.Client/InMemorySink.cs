using System.Text.Json;

namespace SyncHealth.Client;

/// <summary>Keeps events in memory, for an app's own tests: record, <see cref="SyncTelemetry.FlushAsync(CancellationToken)"/>, look at <see cref="Events"/>.</summary>
public sealed class InMemorySink : LocalSink
{
    private readonly List<JsonElement> _events = [];

    /// <summary>Everything taken so far, as the contract's JSON.</summary>
    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <inheritdoc/>
    protected override void Take(JsonElement syncEvent)
    {
        lock (_events)
            _events.Add(syncEvent);
    }
}
