using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>Tests of receivers: asked for in one process, sent in another, perhaps the same.</summary>
public sealed class ReceiverTestStore(NpgsqlDataSource dataSource)
{
    /// <summary>How long somebody waits for a test; what was not taken by then is not sent.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Time between two looks at whether a test is done.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly string RequestTest = SqlFile.Beside<ReceiverTestStore>("RequestTest");
    private static readonly string TakeTest = SqlFile.Beside<ReceiverTestStore>("TakeTest");
    private static readonly string FinishTest = SqlFile.Beside<ReceiverTestStore>("FinishTest");
    private static readonly string ReadTest = SqlFile.Beside<ReceiverTestStore>("ReadTest");

    public async Task RequestAsync(Guid id, string receiver, DateTimeOffset wallNow, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RequestTest);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("receiver", receiver);
        command.Parameters.AddWithValue("at", wallNow.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Asks for a test and waits until a process that sends has sent it.</summary>
    /// <param name="receiver">Name of a receiver.</param>
    /// <param name="wall">The wall clock, which vendors go by.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><c>delivered</c> or <c>failed</c> with what the receiver said; anything else: no process has taken it in time.</returns>
    public async Task<(string Status, string Detail)> RunAsync(string receiver, TimeProvider wall, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await RequestAsync(id, receiver, wall.GetUtcNow(), cancellationToken);
        var (status, detail) = ("waiting", "");
        for (var since = wall.GetTimestamp(); status is "waiting" or "sending" && wall.GetElapsedTime(since) < Patience;)
        {
            await Task.Delay(Look, wall, cancellationToken);
            (status, detail) = await ReadAsync(id, cancellationToken);
        }

        return status is "delivered" or "failed" ? (status, detail) : (status, "No process that sends alerts has taken the test; is one running?");
    }

    /// <summary>Takes the next test; null when nobody waits for one.</summary>
    public async Task<(Guid Id, string Receiver)?> TakeAsync(DateTimeOffset wallNow, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(TakeTest);
        command.Parameters.AddWithValue("since", (wallNow - Patience).ToUniversalTime());
        var taken = await command.ReadAllAsync(row => (Id: row.GetGuid(0), Receiver: row.GetString(1)), cancellationToken);
        return taken is [var next] ? next : null;
    }

    /// <summary>Says how it ended.</summary>
    public async Task FinishAsync(Guid id, bool isDelivered, string detail, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FinishTest);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("status", isDelivered ? "delivered" : "failed");
        command.Parameters.AddWithValue("detail", detail);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>How it stands: <c>waiting</c>, <c>sending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public async Task<(string Status, string Detail)> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadTest);
        command.Parameters.AddWithValue("id", id);
        return (await command.ReadAllAsync(row => (row.GetString(0), row.GetString(1)), cancellationToken)).Single();
    }
}
