using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SyncHealth.SyncServer.Reporting;

/// <summary>Sends the log to SyncHealth at intervals and once more at the end; what could not be sent waits for the next round.</summary>
internal sealed class SyncLogSender(NotesServerOptions options, SyncLog contacts, TimeProvider time, ILogger<SyncLogSender> log) : BackgroundService
{
    /// <summary>Devices of one request: half of what one may hold, because each can make two lines.</summary>
    private const int DevicesPerRequest = 5_000;

    /// <summary>A request that takes longer is given up and made again.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = Timeout };
    private PeriodicTimer? _timer;

    // Of the last request; null when it arrived.
    private string? _problem;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = new PeriodicTimer(options.SyncLogInterval, time);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SendAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _timer?.Dispose();
        _http.Dispose();
        base.Dispose();
    }

    /// <summary>Sends all that is known now. Once a part of it cannot be sent, the rest waits too.</summary>
    internal async Task SendAsync(CancellationToken cancellationToken)
    {
        var answers = true;
        foreach (var part in contacts.Take().Chunk(DevicesPerRequest))
            if (!answers || !(answers = await SendAsync(part, cancellationToken)))
                contacts.Return(part);
    }

    private async Task<bool> SendAsync(KeyValuePair<string, SyncContact>[] part, CancellationToken cancellationToken)
    {
        try
        {
            using var request = RequestOf(part);
            using var answer = await _http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            Hear(null);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // Asked to stop in the middle of it: nothing is wrong, and the last round sends it.
            if (!cancellationToken.IsCancellationRequested)
                Hear(exception.Message);
            return false;
        }
    }

    // A line when it begins, another when it changes or ends: not one a round for as long as SyncHealth is away.
    private void Hear(string? problem)
    {
        if (problem == _problem)
            return;
        if (problem is not null)
            Log.SyncLogNotSent(log, problem);
        else
            Log.SyncLogSentAgain(log);
        _problem = problem;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer!.WaitForNextTickAsync(stoppingToken))
                await SendAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop: the last part is sent on the way out.
            return;
        }
    }

    private HttpRequestMessage RequestOf(KeyValuePair<string, SyncContact>[] part)
    {
        var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
            Write(writer, part);
        var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.SyncLogEndpoint!, "/v1/server-log")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.SyncLogKey);
        return request;
    }

    private void Write(Utf8JsonWriter writer, KeyValuePair<string, SyncContact>[] part)
    {
        writer.WriteStartObject();
        writer.WriteString("app", options.SyncLogApp);
        writer.WriteStartArray("contacts");
        foreach (var (device, contact) in part)
        {
            if (contact.HeardAt != contact.AcceptedAt)
                Write(writer, device, contact.HeardAt, 0);
            if (contact.AcceptedAt is { } at)
                Write(writer, device, at, contact.Accepted);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string device, DateTimeOffset at, int accepted)
    {
        writer.WriteStartObject();
        writer.WriteString("deviceId", device);
        writer.WriteString("at", at.UtcDateTime);
        writer.WriteNumber("accepted", accepted);
        writer.WriteEndObject();
    }
}
