using SyncHealth.SyncServer.Migrations;
using SyncHealth.SyncServer.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Migrations;

public sealed class NotesSchemaTests
{
    [Fact]
    public async Task Migrate_TwiceAndAtOnce_AppliesOnce()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NotesSchema.MigrateAsync(database.DataSource, NotesClient.Now, CancellationToken.None)));
        await NotesSchema.MigrateAsync(database.DataSource, NotesClient.Now, CancellationToken.None);

        await using var command = database.DataSource.CreateCommand("select count(*) from notes.migration");
        Assert.Equal(4L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Migrate_ChangedFile_IsRefused()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await NotesSchema.MigrateAsync(database.DataSource, NotesClient.Now, CancellationToken.None);
        await using (var command = database.DataSource.CreateCommand("update notes.migration set checksum = 'other'"))
            await command.ExecuteNonQueryAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => NotesSchema.MigrateAsync(database.DataSource, NotesClient.Now, CancellationToken.None));
    }

    [Fact]
    public void Options_Missing_NameTheirKey() =>
        Assert.Contains("Notes:ConnectionString", Assert.Throws<ArgumentException>(() => new NotesServerOptions().Validate()).Message, StringComparison.Ordinal);

    /// <summary>A server of before, still running beside one that has migrated, gets the answer that it reads: a null would refuse the edits for good.</summary>
    [Fact]
    public async Task Migrate_ServerOfBeforeStillRuns_ItsPushIsAnswered()
    {
        await using var notes = await NotesClient.StartAsync();
        await using var command = notes.Database.DataSource.CreateCommand(
            """select notes.take_push('ann', 'phone', 'key', '\x01', '[{"kind":"insert","id":"n","title":"t","body":"","editedAt":1,"baseVersion":0}]', now())""");

        Assert.Contains("applied", Assert.IsType<string>(await command.ExecuteScalarAsync()), StringComparison.Ordinal);
    }
}
