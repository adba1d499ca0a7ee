using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store;

/// <summary>The prepared statements of one connection, by the class whose <c>.sql</c> file they are. Not for several threads.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<(Type Owner, string Name), SqliteCommand> _commands = [];

    public SqliteTransaction? Transaction { private get; set; }

    public Statement Of<T>(string name)
    {
        if (!_commands.TryGetValue((typeof(T), name), out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = SqlText.Of(typeof(T), name);
            _commands.Add((typeof(T), name), command);
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
