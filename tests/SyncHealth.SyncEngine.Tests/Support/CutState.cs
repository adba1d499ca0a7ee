using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Takes a step before each operation.</summary>
internal sealed class CutState(ISyncStateCell inner, Action step) : ISyncStateCell
{
    public long LastStamp
    {
        get => Next.LastStamp;
        set => Next.LastStamp = value;
    }

    private ISyncStateCell Next
    {
        get
        {
            step();
            return inner;
        }
    }

    public SyncState Read() => Next.Read();

    public void Save(SyncState state) => Next.Save(state);
}
