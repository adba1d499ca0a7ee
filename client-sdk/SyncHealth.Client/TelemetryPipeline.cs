using System.Text.Json;
using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Recording;

namespace SyncHealth.Client;

/// <summary>Carries events from the recorder to the server.</summary>
internal sealed class TelemetryPipeline : IAsyncDisposable
{
    private readonly SyncTelemetryOptions _options;
    private readonly HttpClient _http;
    private readonly EventIds _ids = new();
    private readonly string _installId = Guid.NewGuid().ToString();
    private readonly List<byte[]> _queue = [];
    private Resource? _resource;
    private long _seq;
    private long _sent;
    private Task _loop = Task.CompletedTask;

    internal TelemetryPipeline(SyncTelemetryOptions options)
    {
        _options = options;
        _http = options.Handler is { } handler ? new HttpClient(handler, disposeHandler: false) : new HttpClient();
        Recorder = new Recorder(options.TimeProvider, new DropCounter(), Resource.From(options));
    }

    internal Recorder Recorder { get; }

    internal SyncTelemetryStatus Status => new() { State = SyncTelemetryState.Running, Issued = _seq, Sent = _sent, Queued = _queue.Count };

    internal void Start() => _loop = Task.Run(RunAsync);

    internal async Task<bool> FlushAsync(CancellationToken cancellationToken) =>
        await Recorder.CommittedAsync(cancellationToken).ConfigureAwait(false) && _queue.Count == 0;

    public async ValueTask DisposeAsync()
    {
        Recorder.Complete();
        await _loop.ConfigureAwait(false);
        _http.Dispose();
        _ids.Dispose();
    }

    private async Task RunAsync()
    {
        while (await Recorder.Items.WaitToReadAsync().ConfigureAwait(false))
            while (Recorder.Items.TryRead(out var item))
            {
                if (item.Event is { } record)
                    Take(record);
                if (item.Barrier is { } barrier)
                    barrier.TrySetResult(await SendAsync().ConfigureAwait(false));
            }

        await SendAsync().ConfigureAwait(false);
    }

    private void Take(EventRecord record)
    {
        var buffer = new ByteBuffer(512);
        using var json = new Utf8JsonWriter(buffer);
        EventWriter.Write(json, record, _ids.Next(record.Timestamp), ++_seq);
        json.Flush();
        _resource = record.Resource;
        _queue.Add(buffer.ToArray());
    }

    private async Task<bool> SendAsync()
    {
        if (_queue.Count == 0)
            return true;
        var buffer = new ByteBuffer(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            EventWriter.WriteTime(json, "sentAt"u8, _options.TimeProvider.GetUtcNow());
            json.WritePropertyName("resource"u8);
            ResourceWriter.Write(json, _resource!, _installId);
            json.WriteStartArray("events"u8);
            foreach (var bytes in _queue)
                json.WriteRawValue(bytes);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.Endpoint!, "v1/events"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _options.Key);
        request.Content = new ByteArrayContent(buffer.ToArray());
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        try
        {
            using var response = await _http.SendAsync(request).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                return false;
        }
        catch (HttpRequestException exception)
        {
            System.Diagnostics.Debug.WriteLine(exception.Message);
            return false;
        }

        _sent += _queue.Count;
        _queue.Clear();
        return true;
    }
}
