using Microsoft.Data.Sqlite;

namespace SyncHealth.Client.Queue;

/// <summary>The one connection to a queue file. Statements are compiled per use: hundreds of queues in one process must not each keep them.</summary>
internal sealed class QueueConnection : IDisposable
{
    /// <summary>The steps from an empty file to the newest schema, each a version.</summary>
    private static readonly string[] Steps = ["Schema", "Schema2"];

    /// <summary>How long SQLite may wait for a lock, in seconds: a lock on the file means another process, which will not let go.</summary>
    private const int LockTimeoutSeconds = 1;

    /// <summary>What each step makes: a bit that flips in the text of a trigger passes every other check, and every write fails.</summary>
    private static readonly Lazy<string[]> Shapes = new(static () =>
    {
        using var fresh = OpenUnchecked(":memory:");
        return [.. Steps.Select(step =>
        {
            fresh.Execute(step);
            return (string)fresh.Scalar("Shape")!;
        })];
    });

    private readonly SqliteConnection _connection;

    static QueueConnection() => SQLitePCL.Batteries_V2.Init();

    private QueueConnection(string dataSource) => _connection = new SqliteConnection(new SqliteConnectionStringBuilder
    {
        DataSource = dataSource,
        Pooling = false,
        DefaultTimeout = LockTimeoutSeconds,
    }.ConnectionString);

    /// <summary>Opens a file, checks it and brings it to the schema.</summary>
    /// <exception cref="SqliteException">The file is damaged, taken, or cannot be written.</exception>
    /// <exception cref="NewerQueueException">A newer version of the SDK made the file.</exception>
    internal static QueueConnection Open(string dataSource) => Opened(dataSource, connection => connection.Prepare());

    /// <summary>Opens a file that may be damaged, to read what is left.</summary>
    /// <exception cref="SqliteException">The file is damaged beyond opening.</exception>
    internal static QueueConnection OpenUnchecked(string dataSource) => Opened(dataSource, _ => { });

    internal SqliteTransaction Begin() => _connection.BeginTransaction();

    /// <summary>A command of the named file. The caller disposes it.</summary>
    internal SqliteCommand Command(string name, params (string Name, object? Value)[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = SqlText.Of(name);
        foreach (var (parameter, value) in values)
            command.Parameters.AddWithValue(parameter, value ?? DBNull.Value);
        return command;
    }

    internal int Execute(string name, params (string Name, object? Value)[] values)
    {
        using var command = Command(name, values);
        return command.ExecuteNonQuery();
    }

    internal object? Scalar(string name, params (string Name, object? Value)[] values)
    {
        using var command = Command(name, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public void Dispose() => _connection.Dispose();

    private static QueueConnection Opened(string dataSource, Action<QueueConnection> prepare)
    {
        QueueConnection? unfinished = new(dataSource);
        try
        {
            unfinished._connection.Open();
            prepare(unfinished);
            var opened = unfinished;
            unfinished = null;
            return opened;
        }
        finally
        {
            unfinished?.Dispose();
        }
    }

    private void Prepare()
    {
        Execute("Pragmas");
        var verdict = Scalar("Check") as string;
        if (verdict != "ok")
            throw new SqliteException($"The queue file is damaged: {verdict}", IsUnread(verdict) ? SQLitePCL.raw.SQLITE_IOERR : SQLitePCL.raw.SQLITE_CORRUPT);
        var version = (long)Scalar("Version")!;
        if (version > Steps.Length)
            throw new NewerQueueException();
        if (version < 0 || version > 0 && Scalar("Shape") as string != Shapes.Value[version - 1])
            throw new SqliteException("The queue file is damaged: its tables are not as we made them.", SQLitePCL.raw.SQLITE_CORRUPT);
        foreach (var step in Steps.Skip((int)version))
            Execute(step);
    }

    // The check tells a page that the disk would not give among the damage ("unable to get the page. error code=266"): the disk is to blame, not the file.
    private static bool IsUnread(string? verdict)
    {
        const string Mark = "error code=";
        var at = verdict?.IndexOf(Mark, StringComparison.Ordinal) ?? -1;
        if (at < 0)
            return false;
        var digits = new string([.. verdict!.Skip(at + Mark.Length).TakeWhile(char.IsDigit)]);
        return int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code)
            && (code & 0xFF) == SQLitePCL.raw.SQLITE_IOERR;
    }
}
