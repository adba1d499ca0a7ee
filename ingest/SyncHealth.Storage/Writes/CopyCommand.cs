using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>A <c>copy … from stdin (format binary)</c> that takes its rows from a <see cref="CopyBuffer"/>.</summary>
internal sealed class CopyCommand
{
    private readonly string _sql;

    /// <param name="fileName">The <c>.sql</c> file beside this class; Npgsql wants the command without the comment above it.</param>
    public CopyCommand(string fileName) =>
        _sql = string.Join('\n', SqlFile.Beside<CopyCommand>(fileName).Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)));

    /// <summary>Sends the buffer's rows; nothing when there are none.</summary>
    public async Task RunAsync(NpgsqlConnection connection, CopyBuffer buffer, CancellationToken cancellationToken)
    {
        if (buffer.Rows == 0)
            return;
        await using var stream = await connection.BeginRawBinaryCopyAsync(_sql, cancellationToken);
        await stream.WriteAsync(buffer.Finish(), cancellationToken);
    }
}
