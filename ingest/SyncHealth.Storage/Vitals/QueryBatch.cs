using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Vitals;

/// <summary>Statements that are sent together, each with what takes its rows: one way to the database and back, however many they are.</summary>
internal sealed class QueryBatch(NpgsqlConnection connection)
{
    private readonly List<(NpgsqlBatchCommand Command, Func<NpgsqlDataReader, CancellationToken, Task> Take)> _statements = [];

    /// <summary>Adds a statement; <paramref name="take"/> reads its rows when it is their turn.</summary>
    public void Add(string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, CancellationToken, Task> take)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        _statements.Add((command, take));
    }

    /// <summary>Adds a statement of which every row is one <typeparamref name="T"/>.</summary>
    public void Add<T>(string sql, IEnumerable<NpgsqlParameter> parameters, Action<List<T>> take) => Add(sql, parameters, async (rows, cancellationToken) =>
    {
        var parse = rows.GetRowParser<T>();
        var read = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
            read.Add(parse(rows));
        take(read);
    });

    /// <summary>Runs all of them in the order they were added in.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_statements.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (command, _) in _statements)
            batch.BatchCommands.Add(command);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var (_, take) in _statements)
        {
            await take(rows, cancellationToken);
            await rows.NextResultAsync(cancellationToken);
        }
    }
}
