using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyncHealth.Benchmarks.Chromium;

/// <summary>The DevTools protocol over one WebSocket: commands with an answer each, and events of sessions. https://chromedevtools.github.io/devtools-protocol/</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private const int ReadBytes = 1 << 16;

    /// <summary>Nothing that is asked here takes longer, on any machine.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(2);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    private DevTools()
    {
    }

    /// <summary>An event: its session, its name, and what it says. Raised in the order of arrival.</summary>
    public event Action<string?, string, JsonNode>? Happened;

    public static async Task<DevTools> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, cancellationToken);
        tools._reading = Task.Run(tools.ReadAsync, CancellationToken.None);
        return tools;
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">Chromium refuses it; the message is its own.</exception>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters, string? session, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _waiting.GetOrAdd(id, _ => new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously));
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            command["sessionId"] = session;
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(AnswerTimeout, TimeProvider.System, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var message = new MemoryStream();
            var buffer = new byte[ReadBytes];
            while (_socket.State == WebSocketState.Open)
            {
                var part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                message.SetLength(0);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            foreach (var waiting in _waiting.Values)
                waiting.TrySetException(new InvalidOperationException("Chromium is gone.", gone));
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is null)
            Happened?.Invoke((string?)message["sessionId"], (string)message["method"]!, message["params"]!);
        else if (_waiting.TryRemove((int)message["id"]!, out var waiting))
            Answer(waiting, message);
    }

    private static void Answer(TaskCompletionSource<JsonNode> waiting, JsonNode message)
    {
        if (message["error"] is { } error)
            waiting.TrySetException(new InvalidOperationException($"Chromium answers {(string?)error["message"]}."));
        else
            waiting.TrySetResult(message["result"]!);
    }
}
