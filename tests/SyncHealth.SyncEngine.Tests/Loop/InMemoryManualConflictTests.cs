using SyncHealth.SyncEngine.Tests.Support;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>The same stories on objects in memory.</summary>
public sealed class InMemoryManualConflictTests : ManualConflictTests
{
    protected override StoreKind Store => StoreKind.InMemory;
}
