using Microsoft.Extensions.Hosting;
using SyncHealth.Contracts;
using SyncHealth.Storage.Migrations;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Health;

/// <summary>Whether events sent now would be taken: database reachable and migrated, writer accepting.</summary>
internal sealed class Readiness(SchemaProbe probe, BatchWriter writer, IHostApplicationLifetime lifetime)
{
    /// <summary>Anyone may ask, so the database is asked at most this often. Real time, as is the database.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMilliseconds(500);

    /// <summary>An orchestrator's own time-out is usually longer.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<SchemaState>? _probing;
    private long _probedAt;

    /// <summary>Null when ready, else the reason and what it means.</summary>
    public async Task<(string Code, string Message)?> WhyNotAsync()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested || !writer.IsAccepting)
            return (ReasonCodes.ShuttingDown, "The server is stopping.");
        return await ProbeAsync() switch
        {
            SchemaState.Unreachable => (ReasonCodes.StorageUnavailable, "The database does not answer."),
            SchemaState.Outdated => (ReasonCodes.SchemaOutdated, "The database lacks a migration of this program; run 'synchealth migrate'."),
            _ => null,
        };
    }

    private Task<SchemaState> ProbeAsync()
    {
        lock (_lock)
        {
            if (_probing is null || (_probing.IsCompleted && TimeProvider.System.GetElapsedTime(_probedAt) > KeptFor))
            {
                _probing = probe.ProbeAsync(ProbeTimeout, lifetime.ApplicationStopping);
                _probedAt = TimeProvider.System.GetTimestamp();
            }

            return _probing;
        }
    }
}
