using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing.Oracle;

namespace SyncHealth.Faults.Tests.Identity;

/// <summary>Sends every request to some process until it is answered, several at once, and adds up what the answers say.</summary>
internal sealed class ResendRun(IReadOnlyList<IngestProcess> processes, Ledger ledger)
{
    private const int Senders = 12;

    /// <summary>Real pause after a refusal: shorter than any client's.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private long _accepted;
    private long _duplicates;

    public async Task<(long Accepted, long Duplicates)> SendAsync(IReadOnlyList<Resend> resends)
    {
        await Parallel.ForAsync(0, resends.Count, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (position, _) =>
            await SendAsync(processes[position % processes.Count].Http, resends[position]));
        return (_accepted, _duplicates);
    }

    private async Task SendAsync(HttpClient http, Resend resend)
    {
        while (!await TrySendAsync(http, resend))
            await Task.Delay(Pause, TimeProvider.System);
        ledger.Acknowledge(resend.Events);
    }

    private async Task<bool> TrySendAsync(HttpClient http, Resend resend)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(ledger.JsonOf(resend.Events, resend.Device)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestStage.Key);
        request.Headers.Add("X-SyncHealth-Attempt", resend.Kind == ResendKind.Whole ? "2" : "1");
        if (resend.Key is { } key)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            return false;
        if (response.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A {resend.Kind} batch was answered with {(int)response.StatusCode}."));
        Take(await response.Content.ReadAsStringAsync());
        return true;
    }

    private void Take(string body)
    {
        using var answer = JsonDocument.Parse(body);
        Interlocked.Add(ref _accepted, answer.RootElement.GetProperty("accepted").GetInt32());
        Interlocked.Add(ref _duplicates, answer.RootElement.GetProperty("duplicates").GetInt32());
    }
}
