using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.Sqlite;

namespace SyncHealth.SyncEngine.Tests.Store;

public sealed class SqliteStoreTests : LocalStoreContractTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;

    protected override ILocalStore Open() => SqliteStore.Open(Path.Combine(_folder, "notes.db"), Device);

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        Directory.Delete(_folder, recursive: true);
    }
}
