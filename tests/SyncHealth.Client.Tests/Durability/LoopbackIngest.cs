using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using SyncHealth.Testing.Processes;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>An ingest service on a real socket that keeps every event once, refuses some requests, and loses some answers after it has kept the events.</summary>
internal sealed class LoopbackIngest : IDisposable
{
    /// <summary>Ports to try: this listener cannot be given one that is free, and between the look and the bind somebody else may take it.</summary>
    private const int MaxPorts = 20;

    private readonly HttpListener _listener;
    private readonly Dictionary<string, string> _codes = [];
    private readonly List<long> _seqs = [];
    private readonly HashSet<string> _attempts = [];
    private readonly Random _random;
    private readonly Task _serving;

    public LoopbackIngest(int seed)
    {
        _random = new Random(seed);
        (_listener, Address) = Listen();
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public int Resent { get; private set; }

    /// <summary>Requests that claimed an attempt which had been made already (B5): somebody below or above the one retrying layer retried too.</summary>
    public int RepeatedAttempts { get; private set; }

    public HashSet<string> Devices { get; } = [];

    /// <summary>Error code by event id: what arrived, once each.</summary>
    public IReadOnlyDictionary<string, string> Codes
    {
        get
        {
            lock (_codes)
                return new Dictionary<string, string>(_codes);
        }
    }

    public IReadOnlyList<long> Seqs
    {
        get
        {
            lock (_codes)
                return [.. _seqs];
        }
    }

    public void Dispose()
    {
        // At once: after a stop it would open its port once more to close it, which by then may be somebody else's.
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (var ports = 1; ; ports++)
        {
            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Free()}/"));
            var listener = new HttpListener();
            listener.Prefixes.Add(address.ToString());
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (ports < MaxPorts)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException or InvalidDataException)
            {
                // The app was killed in mid-request, or the test is over.
                Assert.NotNull(exception.Message);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (!_attempts.Add(context.Request.Headers["Idempotency-Key"] + " " + context.Request.Headers["X-SyncHealth-Attempt"]))
            RepeatedAttempts++;
        using var body = new GZipStream(context.Request.InputStream, CompressionMode.Decompress);
        using var document = await JsonDocument.ParseAsync(body);
        var fate = _random.Next(10);
        if (fate == 0)
        {
            context.Response.StatusCode = 503;
            context.Response.Close();
            return;
        }

        Keep(document.RootElement);
        if (fate == 1)
        {
            context.Response.Abort();
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.Close("""{"accepted":1,"duplicates":0,"rejected":[]}"""u8.ToArray(), willBlock: false);
    }

    private void Keep(JsonElement batch)
    {
        lock (_codes)
        {
            Devices.Add(batch.GetProperty("resource").GetProperty("deviceId").GetString()!);
            foreach (var item in batch.GetProperty("events").EnumerateArray())
            {
                if (_codes.TryAdd(item.GetProperty("id").GetString()!, item.GetProperty("error").GetProperty("code").GetString()!))
                    _seqs.Add(item.GetProperty("seq").GetInt64());
                else
                    Resent++;
            }
        }
    }
}
