namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>The one row of the table <c>sync_state</c>.</summary>
internal sealed class SqliteState(Statements statements) : ISyncStateCell
{
    public long LastStamp
    {
        get => statements.Of("ReadLastStamp").Scalar();
        set => statements.Of("SaveLastStamp").Set("$last_stamp", value).Run();
    }

    public SyncState Read() => statements.Of("ReadState").First(static row => new SyncState(
        row.GetString(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.GetInt64(2),
        row.GetBoolean(3),
        row.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.GetInt32(5),
        row.GetBoolean(6),
        row.IsDBNull(7) ? null : row.GetString(7)))!;

    public void Save(SyncState state) => statements.Of("SaveState")
        .Set("$token", state.Token).Set("$generation", state.Generation).Set("$full_running", state.IsFullRunning)
        .Set("$last_success_at", state.LastSuccessAt?.ToUnixTimeMilliseconds()).Set("$failed_since", state.FailuresSince)
        .Set("$pull_owed", state.IsPullOwed).Set("$account", state.Account).Run();
}
