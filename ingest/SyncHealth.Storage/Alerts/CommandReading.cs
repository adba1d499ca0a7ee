using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>Reads the rows of a command through a mapping that names every column's type: no reflection, no conversion.</summary>
internal static class CommandReading
{
    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }
}
