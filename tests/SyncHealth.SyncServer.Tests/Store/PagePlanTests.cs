using Npgsql;
using SyncHealth.SyncServer.Migrations;
using SyncHealth.SyncServer.Store;
using SyncHealth.SyncServer.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Store;

/// <summary>A page costs what is on it, not what follows it: it is read in the order of an index, also where the planner knows nothing of the table yet.</summary>
public sealed class PagePlanTests
{
    private const int Notes = 5_000;

    private const string Fill = """
        with owner as (insert into notes.account (account, version, changed_at) values ('ann', @notes, @now) returning account)
        insert into notes.note (account, id, version, title, body, edited_at, device, is_deleted, changed_at)
        select o.account, 'n' || n, n, 'note', repeat(md5(n::text), 3), n, 'phone', false, @now + n * interval '1 ms' from owner o, generate_series(1, @notes) n
        """;

    [Theory]
    [InlineData(false, "note_by_version")]
    [InlineData(true, "note_by_change")]
    public async Task Page_OfAnAccountWithoutStatistics_IsReadInTheOrderOfTheIndex(bool isByMoment, string index)
    {
        await using var database = await TestDatabase.CreateAsync("notes_" + NotesSchema.Fingerprint(), empty => NotesSchema.MigrateAsync(empty, NotesClient.Now, CancellationToken.None));
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = NotesStore.PagesByIndex });
        await using (var fill = source.CreateCommand(Fill))
        {
            fill.Parameters.AddWithValue("notes", Notes);
            fill.Parameters.AddWithValue("now", NotesClient.Now.UtcDateTime);
            await fill.ExecuteNonQueryAsync();
        }

        var plan = await ExplainAsync(source, isByMoment);

        Assert.Contains($"Index Scan using {index} on note", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Bitmap", plan, StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync(NpgsqlDataSource source, bool isByMoment)
    {
        await using var command = source.CreateCommand("explain " + (isByMoment ? NotesStore.ChangesSinceSql : NotesStore.ChangesSql));
        command.Parameters.AddWithValue("account", "ann");
        command.Parameters.AddWithValue("limit", 101);
        if (isByMoment)
        {
            command.Parameters.AddWithValue("moment", NotesClient.Now.UtcDateTime.AddMilliseconds(40));
            command.Parameters.AddWithValue("after_id", "n40");
        }
        else
        {
            command.Parameters.AddWithValue("after", 40L);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
