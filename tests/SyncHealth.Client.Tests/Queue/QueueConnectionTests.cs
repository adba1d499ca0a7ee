using System.Reflection;
using Microsoft.Data.Sqlite;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Queue;

public sealed class QueueConnectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>No kill shows whether the disk was really asked, because the page cache outlives a process: so the settings are read back.</summary>
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("locking_mode", "exclusive")]
    [InlineData("fullfsync", "1")]
    [InlineData("checkpoint_fullfsync", "1")]
    public void Open_File_CommitsReachTheDiskAndTheFileIsOurs(string setting, string expected)
    {
        using var connection = QueueConnection.Open(_folder.File("queue.db"));
        var inner = (SqliteConnection)typeof(QueueConnection).GetField("_connection", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(connection)!;
        using var command = inner.CreateCommand();
        command.CommandText = "pragma " + setting;

        Assert.Equal(expected, command.ExecuteScalar()!.ToString());
    }

    [Fact]
    public void Open_SecondConnection_IsRefused()
    {
        using var first = QueueConnection.Open(_folder.File("queue.db"));

        Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, Assert.Throws<SqliteException>(() => QueueConnection.Open(_folder.File("queue.db"))).SqliteErrorCode);
    }

    [Fact]
    public void Open_FileOfTheFirstVersion_IsBroughtToOursAndKeepsAll()
    {
        using (var first = QueueConnection.OpenUnchecked(_folder.File("queue.db")))
        {
            first.Execute("Schema");
            first.Execute("AddInstall", ("@id", "install"), ("@issued", 4L), ("@sent", 3L), ("@rejected", 1L));
            first.Execute("AddEvent", ("@seq", 4L), ("@resource_id", 1L), ("@recorded_at_ms", 0L), ("@session", 1L), ("@uptime_ms", null), ("@json", new byte[] { 1 }));
        }

        using (var opened = QueueConnection.Open(_folder.File("queue.db")))
        {
            Assert.Equal(2L, opened.Scalar("Version"));
            var books = QueueBooks.Read(opened);
            Assert.Equal(("install", 4L, 1L), (books.InstallId, books.Issued, books.Queued));
        }

        using var again = QueueConnection.Open(_folder.File("queue.db"));
        using var fresh = QueueConnection.Open(":memory:");
        Assert.Equal(fresh.Scalar("Shape"), again.Scalar("Shape"));
    }

    [Fact]
    public void Open_FileOfTheFirstVersionWithOtherTables_IsDamaged()
    {
        using (var first = QueueConnection.OpenUnchecked(_folder.File("queue.db")))
        {
            first.Execute("Schema");
            first.Execute("Schema2");
        }

        using (var inner = new SqliteConnection("Data Source=" + _folder.File("queue.db") + ";Pooling=false"))
        {
            inner.Open();
            using var command = inner.CreateCommand();
            command.CommandText = "pragma user_version = 1";
            command.ExecuteNonQuery();
        }

        Assert.Equal(SQLitePCL.raw.SQLITE_CORRUPT, Assert.Throws<SqliteException>(() => QueueConnection.Open(_folder.File("queue.db"))).SqliteErrorCode);
    }
}
