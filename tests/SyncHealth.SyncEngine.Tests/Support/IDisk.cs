using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>What of a device's store outlives a crash.</summary>
internal interface IDisk : IDisposable
{
    /// <summary>As a start of the app: opens the store with all that was committed. What was opened before is closed, whoever still holds it.</summary>
    ILocalStore Open(string device);
}
