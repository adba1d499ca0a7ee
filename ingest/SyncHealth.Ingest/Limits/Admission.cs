using SyncHealth.Storage.Keys;

namespace SyncHealth.Ingest.Limits;

/// <summary>A request that may be read: its key is good and its body is here.</summary>
internal sealed record Admission(IngestKey Key, RequestBody Body) : IDisposable
{
    public void Dispose() => Body.Dispose();
}
