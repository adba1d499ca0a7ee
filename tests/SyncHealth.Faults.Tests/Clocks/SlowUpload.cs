using System.Net;
using System.Net.Sockets;
using System.Text;
using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;

namespace SyncHealth.Faults.Tests.Clocks;

/// <summary>An upload over a network so slow that hours pass between the head of a request and its body.</summary>
internal static class SlowUpload
{
    private static readonly TimeSpan Upload = TimeSpan.FromHours(2);

    /// <summary>By how much the stored time of the event differs from the time its device, whose clock is right, gave it.</summary>
    public static async Task<TimeSpan> ShiftAsync(TestDatabase database, SeededBug bug)
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
        await using var stage = await IngestStage.StartAsync(database.ConnectionString, new StageSettings { Clock = clock, RunLoops = false, Bug = bug });
        var body = Encoding.UTF8.GetBytes("""{"sentAt":"2026-03-04T12:00:00Z","resource":{"app":"notes","deviceId":"d1"},"events":[{"timestamp":"2026-03-04T11:59:00Z","type":"delta","success":true,"durationMs":1}]}""");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, stage.Port);

        // The server says 100 when it begins to read the body: from then on it knows when the request arrived.
        await socket.SendAsync(RawHttp.Head("/v1/events", "application/json", $"Content-Length: {body.Length}\r\nExpect: 100-continue\r\n"));
        await ReadAsync(socket, "HTTP/1.1 100 Continue\r\n\r\n".Length);
        clock.Advance(Upload);
        await socket.SendAsync(body);
        if (await ReadAsync(socket, "HTTP/1.1 200".Length) is var answer and not "HTTP/1.1 200")
            throw new InvalidOperationException($"The upload was answered with {answer}.");

        await using var command = database.DataSource.CreateCommand("select event_at - device_at from synchealth.event");
        return (TimeSpan)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> ReadAsync(Socket socket, int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
            read += await socket.ReceiveAsync(bytes.AsMemory(read)) is > 0 and var got ? got : throw new IOException("The server hung up.");
        return Encoding.ASCII.GetString(bytes);
    }
}
