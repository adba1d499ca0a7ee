using Npgsql;
using NpgsqlTypes;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Migrations;

namespace SyncHealth.SyncServer.Store;

/// <summary>The notes of all accounts in Postgres. One round trip per request, each statement prepared by its connection.</summary>
internal sealed class NotesStore : IAsyncDisposable
{
    /// <summary>Statements that a connection keeps prepared; this class has six.</summary>
    private const int PreparedStatements = 8;

    /// <summary>
    /// Pages are read in the order of an index, so far as they go. A bitmap of it would hold all that follows, to be sorted anew for each page, which is what the planner prefers
    /// where statistics are young, or of many small accounts: 68 ms for a page of a first sync of 100,000 rows instead of 0.8. And there is nothing to plan anew for each: that
    /// took as long as reading the page.
    /// </summary>
    internal const string PagesByIndex = "-c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan";

    /// <summary>What a device that sends its versions stores in place of a token: it has been told everything once.</summary>
    private const string VersionMapToken = "known";

    internal static readonly string ChangesSql = SqlFile.Beside<NotesStore>("Changes");
    internal static readonly string ChangesSinceSql = SqlFile.Beside<NotesStore>("ChangesSince");
    private static readonly string ChangesBeyondSql = SqlFile.Beside<NotesStore>("ChangesBeyond");
    private static readonly string TakePushSql = SqlFile.Beside<NotesStore>("TakePush");
    private static readonly string PurgeTombstonesSql = SqlFile.Beside<NotesStore>("PurgeTombstones");
    private static readonly string PurgePushesSql = SqlFile.Beside<NotesStore>("PurgePushes");

    private readonly NpgsqlDataSource _dataSource;

    public NotesStore(NotesServerOptions options) => _dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        MaxPoolSize = options.MaxConnections,
        MaxAutoPrepare = PreparedStatements,
        AutoPrepareMinUsages = 2,
        ApplicationName = "notes",
        Options = PagesByIndex,
    });

    public Task MigrateAsync(DateTimeOffset now, CancellationToken cancellationToken) => NotesSchema.MigrateAsync(_dataSource, now, cancellationToken);

    /// <summary>A page of changes after a token; null when the token has expired.</summary>
    public async Task<ChangesPage?> ReadChangesAsync(string account, SyncToken token, int limit, CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(ChangesSql);
        command.Parameters.Add(new NpgsqlParameter<string>("account", account));
        command.Parameters.Add(new NpgsqlParameter<long>("after", token.Position));
        // One more than asked for tells whether there is another page.
        command.Parameters.Add(new NpgsqlParameter<int>("limit", limit + 1));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        var (head, purged, total) = (0L, 0L, 0L);
        var changes = new List<NoteChange>();
        while (await reader.ReadAsync(cancellationToken))
        {
            // The same in every row; an account that has nothing more is one row without a note.
            if (changes.Count == 0)
                (head, purged, total) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(9));
            if (changes.Count > 0 || !await reader.IsDBNullAsync(2, cancellationToken))
                changes.Add(ReadChange(reader));
        }

        if (!token.IsServable(head, purged))
            return null;
        var hasMore = changes.Count > limit;
        if (hasMore)
            changes.RemoveAt(limit);
        var next = token.After(changes.Count > 0 ? changes[^1].Version : token.Position, head, hasMore, changes.Count, total);
        return new ChangesPage(changes, next.ToString(), hasMore, next.IsFull ? new FullProgress(next.Sent, next.Total) : null);
    }

    /// <summary>A page of changes since a moment; null when the server can no longer tell what came after it.</summary>
    public async Task<ChangesPage?> ReadChangesAsync(string account, SinceCursor since, int limit, CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(ChangesSinceSql);
        command.Parameters.Add(new NpgsqlParameter<string>("account", account));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("moment", NpgsqlDbType.TimestampTz) { TypedValue = DateTime.SpecifyKind(since.Moment, DateTimeKind.Utc) });
        command.Parameters.Add(new NpgsqlParameter("after_id", NpgsqlDbType.Text) { Value = since.AfterId ?? (object)DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter<int>("limit", limit + 1));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        var (head, purged, last) = (default(DateTime), default(DateTime), default(DateTime));
        var changes = new List<NoteChange>();
        var hasMore = false;
        while (!hasMore && await reader.ReadAsync(cancellationToken))
        {
            (head, purged) = (reader.GetDateTime(0), reader.GetDateTime(1));
            if (await reader.IsDBNullAsync(2, cancellationToken))
                continue;
            hasMore = changes.Count == limit;
            if (hasMore)
                continue;
            changes.Add(ReadChange(reader));
            last = reader.GetDateTime(9);
        }

        if (!since.IsServable(head, purged))
            return null;
        var next = since.Next(last, changes.Count > 0 ? changes[^1].Id : "", head, hasMore);
        return new ChangesPage(changes, next.ToString(), hasMore);
    }

    /// <summary>A page of what a device lacks; null when it knows more than the server, which was restored from a backup.</summary>
    /// <param name="account">Whose notes.</param>
    /// <param name="known">A JSON object of ids and versions.</param>
    /// <param name="limit">Notes of the page.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<ChangesPage?> ReadChangesAsync(string account, ReadOnlyMemory<byte> known, int limit, CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(ChangesBeyondSql);
        command.Parameters.Add(new NpgsqlParameter<string>("account", account));
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>>("known", NpgsqlDbType.Jsonb) { TypedValue = known });
        command.Parameters.Add(new NpgsqlParameter<int>("limit", limit + 1));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        var (head, highestKnown) = (0L, 0L);
        var changes = new List<NoteChange>();
        while (await reader.ReadAsync(cancellationToken))
        {
            (head, highestKnown) = (reader.GetInt64(0), reader.GetInt64(1));
            if (!await reader.IsDBNullAsync(2, cancellationToken))
                changes.Add(ReadChange(reader));
        }

        if (highestKnown > head)
            return null;
        // What is gone for good is on every page and does not count: the device drops it, or pushes what it has of it.
        var hasMore = changes.Count(static change => change.Version > 0) > limit;
        if (hasMore)
            changes.RemoveAt(changes.Count - 1);
        return new ChangesPage(changes, VersionMapToken, hasMore);
    }

    /// <summary>Applies a push once, however often it arrives.</summary>
    public async Task<TakenPush> TakePushAsync(string account, string device, string key, byte[] hash, ReadOnlyMemory<byte> operations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(TakePushSql);
        command.Parameters.Add(new NpgsqlParameter<string>("account", account));
        command.Parameters.Add(new NpgsqlParameter<string>("device", device));
        command.Parameters.Add(new NpgsqlParameter<string>("key", key));
        command.Parameters.Add(new NpgsqlParameter<byte[]>("hash", hash));
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>>("operations", NpgsqlDbType.Jsonb) { TypedValue = operations });
        command.Parameters.Add(new NpgsqlParameter<DateTime>("now", now.UtcDateTime));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetString(0) switch
        {
            "answered" => new TakenPush(PushVerdict.Answered, reader.GetString(1)),
            "in_flight" => new TakenPush(PushVerdict.InFlight, Answer: null),
            _ => new TakenPush(PushVerdict.Reused, Answer: null),
        };
    }

    public async Task PurgeAsync(DateTimeOffset tombstonesBefore, DateTimeOffset pushesBefore, CancellationToken cancellationToken)
    {
        await PurgeAsync(PurgeTombstonesSql, tombstonesBefore, cancellationToken);
        await PurgeAsync(PurgePushesSql, pushesBefore, cancellationToken);
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    private async Task PurgeAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<DateTime>("before", before.UtcDateTime));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NoteChange ReadChange(NpgsqlDataReader row)
    {
        var isDeleted = row.GetBoolean(8);
        return new NoteChange(
            row.GetString(2), row.GetInt64(3), isDeleted ? "" : row.GetString(4), isDeleted ? "" : row.GetString(5), row.GetInt64(6), row.GetString(7), isDeleted);
    }
}
