using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Accounts;

/// <summary>Who is signed in. Nothing is cached: a session that was ended is refused by the very next question.</summary>
public sealed class SessionStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>How long somebody stays signed in, used or not: a cookie that was taken is worth two weeks at most, and looking at a page writes nothing.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(14);

    private static readonly string Start = SqlFile.Beside<SessionStore>("StartSession");
    private static readonly string Find = SqlFile.Beside<SessionStore>("FindSession");
    private static readonly string Check = SqlFile.Beside<SessionStore>("CheckSessions");
    private static readonly string End = SqlFile.Beside<SessionStore>("EndSession");
    private static readonly string EndAll = SqlFile.Beside<SessionStore>("EndSessions");

    /// <summary>Signs somebody in and returns the token that the browser keeps, which is nowhere stored.</summary>
    public async Task<string> StartAsync(Guid account, CancellationToken cancellationToken)
    {
        var token = AccessToken.New();
        var now = clock.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Start, new { hash = AccessToken.Hash(token), id = Guid.CreateVersion7(), account, now, over = now - Length }, cancellationToken: cancellationToken));
        return token;
    }

    /// <summary>Who holds a token; null when it is unknown, ended or too old.</summary>
    public async Task<Session?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<SessionRow>(new CommandDefinition(
            Find, new { hash = AccessToken.Hash(token), startedAfter = clock.GetUtcNow() - Length }, cancellationToken: cancellationToken))).SingleOrDefault()?.ToSession();
    }

    /// <summary>Those of some sessions that still hold, each with what its person may do now.</summary>
    public async Task<IReadOnlyDictionary<Guid, Session>> CheckAsync(IEnumerable<Guid> sessions, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<SessionRow>(new CommandDefinition(
            Check, new { ids = sessions.ToArray(), startedAfter = clock.GetUtcNow() - Length }, cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Id, row => row.ToSession());
    }

    /// <summary>Signs out.</summary>
    public async Task EndAsync(Guid session, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(End, new { id = session }, cancellationToken: cancellationToken));
    }

    /// <summary>Signs somebody out everywhere; how many browsers it were.</summary>
    public async Task<int> EndAllAsync(Guid account, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(EndAll, new { account }, cancellationToken: cancellationToken));
    }
}
