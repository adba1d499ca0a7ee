using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>The connection of one writer loop: prepared once, kept while it works, replaced after a failure.</summary>
internal sealed class WriterConnection(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    private static readonly string Prepare = SqlFile.Beside<WriterConnection>("PrepareSession");

    private NpgsqlConnection? _connection;

    /// <summary>The connection, opened when there is none. When it throws, discard before the next try.</summary>
    public async ValueTask<NpgsqlConnection> GetAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
            return _connection;
        _connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await _connection.ExecuteAsync(new CommandDefinition(Prepare, cancellationToken: cancellationToken));
        return _connection;
    }

    /// <summary>Gives the connection up: the next group gets a new one.</summary>
    public async ValueTask DiscardAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => DiscardAsync();
}
