using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>Reads and moves the state of synchronisation, inside the transaction of the caller.</summary>
internal static class StateRows
{
    public static SyncState Read(Statements statements) => statements.Of<LocalDatabase>("ReadState").First(row => new SyncState(
        row.GetString(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.GetInt64(2),
        row.GetBoolean(3),
        row.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.GetInt32(5),
        row.GetBoolean(6)))!;

    public static void BeginFull(Statements statements) => statements.Of<LocalDatabase>("BeginFull").Run();

    /// <summary>Removes what the server no longer has, at the end of a full sync; returns how many notes.</summary>
    public static int FinishFull(Statements statements) => statements.Of<LocalDatabase>("FinishFull").Run();

    public static void SaveToken(Statements statements, string token, bool isFullRunning, bool hasMore) =>
        statements.Of<LocalDatabase>("SaveToken").Set("$token", token).Set("$full_running", isFullRunning).Set("$has_more", hasMore).Run();

    /// <summary>The server has answered a push: only a pull shows what it has now.</summary>
    public static void OwePull(Statements statements) => statements.Of<LocalDatabase>("OwePull").Run();

    public static void RecordSuccess(Statements statements, DateTimeOffset at) =>
        statements.Of<LocalDatabase>("RecordSuccess").Set("$at", at.ToUnixTimeMilliseconds()).Run();

    public static void RecordFailure(Statements statements) => statements.Of<LocalDatabase>("RecordFailure").Run();
}
