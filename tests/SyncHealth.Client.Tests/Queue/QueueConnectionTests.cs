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
}
