using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SyncHealth.Client.Queue;

/// <summary>What can still be read of a queue file that is given up: its books, so that identity and numbers live on, and its events.</summary>
internal sealed class Salvage
{
    private Salvage(QueueBooks books, IReadOnlyList<SalvagedEvent> events)
    {
        Books = books;
        Events = events;
    }

    internal QueueBooks Books { get; }

    /// <summary>In the order of their numbers.</summary>
    internal IReadOnlyList<SalvagedEvent> Events { get; }

    /// <summary>Events that were queued and cannot be read any more.</summary>
    internal long Lost => Books.Lost - Events.Count;

    /// <summary>Reads a file that may be damaged anywhere.</summary>
    internal static Salvage Read(string path)
    {
        try
        {
            using var connection = QueueConnection.OpenUnchecked(path);
            return Read(connection);
        }
        catch (Exception exception) when (exception is SqliteException || QueueFolder.IsForeign(exception))
        {
            System.Diagnostics.Debug.WriteLine(exception.Message);
            return Of(null, []);
        }
    }

    /// <summary>Reads what a connection still gives.</summary>
    internal static Salvage Read(QueueConnection connection)
    {
        var events = new SortedDictionary<long, SalvagedEvent>();
        Read(connection, "SalvageFirst", 0, events);
        Read(connection, "SalvageLast", events.Count == 0 ? 0 : events.Keys.Max(), events);
        return Of(BooksOf(connection), [.. events.Values]);
    }

    private static Salvage Of(QueueBooks? books, List<SalvagedEvent> events)
    {
        // An event beyond the books is none of theirs, and would be booked as less than nothing lost.
        if (books is not null)
            events.RemoveAll(e => e.Seq > books.Issued);
        if (books is not null && books.Lost >= events.Count)
            return new Salvage(books, events);

        // How much was lost cannot be known: one number stands for it.
        var last = events.Count == 0 ? 0 : events[events.Count - 1].Seq;
        return new Salvage(new QueueBooks(Guid.NewGuid().ToString(), last + 1, last - events.Count, 0, 0, 0, new Dictionary<string, long>()), events);
    }

    private static QueueBooks? BooksOf(QueueConnection connection)
    {
        try
        {
            return QueueBooks.Read(connection);
        }
        catch (Exception exception) when (exception is SqliteException || QueueFolder.IsForeign(exception))
        {
            System.Diagnostics.Debug.WriteLine(exception.Message);
            return null;
        }
    }

    private static void Read(QueueConnection connection, string query, long after, SortedDictionary<long, SalvagedEvent> events)
    {
        try
        {
            using var command = connection.Command(query, ("@after_seq", after));
            using var rows = command.ExecuteReader();
            while (rows.Read())
                if (Sound(rows) is { } found)
                    events[found.Seq] = found;
        }
        catch (Exception exception) when (exception is SqliteException || QueueFolder.IsForeign(exception))
        {
            // Up to here it could be read.
            System.Diagnostics.Debug.WriteLine(exception.Message);
        }
    }

    // SQLite does not notice a changed byte inside a value: an event must be JSON with the number of its row.
    private static SalvagedEvent? Sound(SqliteDataReader row)
    {
        var found = new SalvagedEvent(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5));
        try
        {
            using var json = JsonDocument.Parse(found.Json);
            using var resource = JsonDocument.Parse(found.Resource);
            return json.RootElement.GetProperty("seq"u8).GetInt64() == found.Seq && resource.RootElement.ValueKind == JsonValueKind.Object ? found : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            System.Diagnostics.Debug.WriteLine(exception.Message);
            return null;
        }
    }
}
