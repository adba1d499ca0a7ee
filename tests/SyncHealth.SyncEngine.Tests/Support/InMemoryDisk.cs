using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.InMemory;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Keeps what a store in memory has committed, over crashes of its device.</summary>
internal sealed class InMemoryDisk : IDisk
{
    private InMemoryStore? _store;

    /// <inheritdoc/>
    public ILocalStore Open(string device)
    {
        var next = _store?.Fork() ?? new InMemoryStore(device);
        _store?.Dispose();
        return _store = next;
    }

    public void Dispose() => _store?.Dispose();
}
