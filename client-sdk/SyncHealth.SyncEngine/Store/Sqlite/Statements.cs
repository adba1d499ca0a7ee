using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>The prepared statements of one connection, each by the name of its <c>.sql</c> file. Not for several threads.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

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

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
    }
}
