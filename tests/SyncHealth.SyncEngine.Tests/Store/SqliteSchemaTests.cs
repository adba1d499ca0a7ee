using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.Sqlite;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <summary>Files that earlier versions of the app left on devices.</summary>
public sealed class SqliteSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schema-").FullName;

    private string DatabasePath => Path.Combine(_folder, "notes.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Version 1 with a note whose edit waits: both are there after the upgrade, and the edit has no origin to merge by.</summary>
    [Fact]
    public void Open_FileOfVersion1_KeepsNotesAndWhatWaits()
    {
        Write(
            SqlText.Of("0001_notes"),
            "insert into note (id, title, body, edited_at, device, version) values ('n', 'edited', 'offline', 5, 'phone', 3)",
            "insert into outbox (note_id, kind, title, body, edited_at, queued_at) values ('n', 2, 'edited', 'offline', 5, 5)",
            "insert into sync_state (id, device, token) values (1, 'phone', 'token')",
            "pragma user_version = 1");

        using var database = SqliteStore.Open(DatabasePath, "phone");

        var note = database.Read(static transaction => transaction.Records.Find("n"));
        Assert.Equal(("edited", 3L, true), (note?.Content.Title, note?.Version, note?.IsPending));
        Assert.Equal(1, database.Read(static transaction => transaction.Outbox.Depth()).Waiting);
        Assert.Null(database.Read(static transaction => transaction.Records.FindOrigin("n")));
    }

    /// <summary>Version 2 between two syncs: what it knows of the server stays, and nothing is owed.</summary>
    [Fact]
    public void Open_FileOfVersion2_KeepsTokenAndStateOfSynchronisation()
    {
        Write(
            SqlText.Of("0001_notes"),
            SqlText.Of("0002_base"),
            "insert into sync_state (id, device, token, generation, last_success_at, failed_since) values (1, 'phone', 'token', 4, 1000, 2)",
            "pragma user_version = 2");

        using var database = SqliteStore.Open(DatabasePath, "phone");

        Assert.Equal(
            new SyncState("phone", "token", 4, IsFullRunning: false, DateTimeOffset.FromUnixTimeSeconds(1), FailuresSince: 2, IsPullOwed: false),
            database.Read(static transaction => transaction.State.Read()));
    }

    [Fact]
    public void Open_FileOfALaterVersion_IsRefusedAndUntouched()
    {
        Write("pragma user_version = 99");

        var refusal = Assert.Throws<InvalidOperationException>(() => SqliteStore.Open(DatabasePath, "phone"));

        Assert.Contains("schema 99", refusal.Message, StringComparison.Ordinal);
    }

    private void Write(params string[] statements)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabasePath, Pooling = false }.ConnectionString);
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}
