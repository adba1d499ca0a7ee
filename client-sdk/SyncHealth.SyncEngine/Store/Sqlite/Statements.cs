using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>The prepared statements of one connection, each by the name of its <c>.sql</c> file. Not for several threads.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RepeatedStatement> _repeated = new(StringComparer.Ordinal);

    /// <summary>The transaction that runs; null while reads run.</summary>
    public SqliteTransaction? Transaction { private get; set; }

    public Statement Of(string name)
    {
        if (!_commands.TryGetValue(name, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = SqlText.Of(name);
            _commands.Add(name, command);
        }

        command.Transaction = Transaction;
        return new Statement(command);
    }

    /// <summary>A statement that is run for every record of a page.</summary>
    /// <exception cref="InvalidOperationException">No transaction runs: the caller has promised to read only.</exception>
    public RepeatedStatement Repeated(string name)
    {
        if (Transaction is null)
            throw new InvalidOperationException("A read of the local store cannot write.");
        if (!_repeated.TryGetValue(name, out var statement))
            _repeated.Add(name, statement = new RepeatedStatement(connection, SqlText.Of(name)));
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _repeated.Values)
            statement.Dispose();
        foreach (var command in _commands.Values)
            command.Dispose();
    }
}
