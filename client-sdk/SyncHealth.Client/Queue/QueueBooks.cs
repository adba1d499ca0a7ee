namespace SyncHealth.Client.Queue;

/// <summary>The books of an install as of the last commit.</summary>
internal sealed record QueueBooks(
    string InstallId,
    long Issued,
    long Sent,
    long Rejected,
    long Queued,
    long QueuedBytes,
    IReadOnlyDictionary<string, long> Dropped)
{
    /// <summary>Events that would be gone if the queue were: issued, and neither sent nor dropped.</summary>
    internal long Lost => Issued - Sent - Dropped.Values.Sum();

    internal static QueueBooks Read(QueueConnection connection)
    {
        var dropped = new Dictionary<string, long>(StringComparer.Ordinal);
        using (var command = connection.Command("DroppedTotals"))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
                dropped[rows.GetString(0)] = rows.GetInt64(1);

        using var books = connection.Command("Books");
        using var row = books.ExecuteReader();
        if (!row.Read())
            throw new InvalidOperationException("The queue file has no install row.");
        return new QueueBooks(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), dropped);
    }
}
