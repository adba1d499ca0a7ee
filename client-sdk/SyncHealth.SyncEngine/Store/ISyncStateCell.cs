namespace SyncHealth.SyncEngine.Store;

/// <summary>The one value that says where synchronisation stands, and the clock of the edits made here.</summary>
public interface ISyncStateCell
{
    /// <summary>The highest stamp given out here, in milliseconds since 1970; 0 at first. Apart from the rest, because every edit moves it.</summary>
    long LastStamp { get; set; }

    /// <summary>The state; of a new store that of a device which has never synced.</summary>
    SyncState Read();

    /// <summary>Replaces the state. The device stays the one that the store was created for.</summary>
    void Save(SyncState state);
}
