using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Digests;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Digests;

/// <summary>A digest reaches each of its receivers once for each of its hours, over restarts and several processes.</summary>
public sealed class DigestTests : IAsyncLifetime
{
    private const string Rules = """
        rules:
          - { name: rate, metric: success_rate, below: 95, for: 2m, notify: [slack] }
        digests:
          - { name: noon, at: "13:30", zone: Europe/Berlin, notify: [slack, email, webhook] }
        """;

    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(Configure);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Digest_AtItsHour_IsToldOnceToEachByManyProcessesThatRestart()
    {
        await _stage.SyncAsync(100);
        await LookAsync(_stage.Worker);                                                              // noon: seen, not due before 12:30 UTC
        await _stage.PassAsync(TimeSpan.FromMinutes(20), () => _stage.SyncAsync(100, failedShare: 0.5));
        _stage.Clock.Advance(TimeSpan.FromMinutes(15));

        var others = Enumerable.Range(0, 3).Select(_ => _stage.StartWorker(Configure)).ToArray();
        await Task.WhenAll(others.Append(_stage.Worker).Select(LookAsync));
        await _stage.RestartAsync(Configure);
        await LookAsync(_stage.Worker);
        foreach (var other in others)
            await other.DisposeAsync();
        await _stage.DeliverAsync();

        Assert.Equal(["email digest delivered", "slack digest delivered", "webhook digest delivered"], (await _stage.OutboxAsync()).Where(row => row.Contains("digest", StringComparison.Ordinal)));
        var mail = Assert.Single(_stage.Received.Smtp.Mails);
        Assert.StartsWith("[DIGEST] notes, Sun 22 Nov: 1 to act on; success ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("rate is still open", mail.Raw, StringComparison.Ordinal);
        Assert.Equal("digest", Assert.Single(_stage.Received.Webhook.Messages).Type);
        Assert.Empty(_stage.Received.Rejections);
    }

    [Fact]
    public async Task Digest_ListsWhatLateDataShowed()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_stage.Folder, "digests.yaml"), Rules.Replace("name: rate, metric: success_rate, below: 95, for: 2m", "name: past, metric: success_rate, below: 95, clock: event, for: 6h", StringComparison.Ordinal));
        await _stage.RestartAsync(Configure);
        await _stage.SyncAsync(100);
        await LookAsync(_stage.Worker);
        await _stage.SyncAsync(100, failedShare: 0.5, late: TimeSpan.FromHours(3));
        await _stage.PassAsync(TimeSpan.FromMinutes(4), () => _stage.SyncAsync(100));
        _stage.Clock.Advance(TimeSpan.FromMinutes(30));
        await LookAsync(_stage.Worker);
        await _stage.DeliverAsync();

        Assert.Contains("Detected late: past: 50.0 % up to 2026-11-22 09:15:00 UTC, found 2 h 47 min later", Assert.Single(_stage.Received.Smtp.Mails).Raw.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digest_ADayWithoutAProcess_MakesUpForTheNewestHourOnly()
    {
        await _stage.SyncAsync(100);
        await LookAsync(_stage.Worker);
        _stage.Clock.Advance(TimeSpan.FromDays(3));
        await LookAsync(_stage.Worker);
        await LookAsync(_stage.Worker);
        await _stage.DeliverAsync();

        Assert.StartsWith("[DIGEST] notes, Tue 24 Nov: nothing to act on", Assert.Single(_stage.Received.Smtp.Mails).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digest_FirstSeenAfterItsHour_WaitsForTheNext()
    {
        _stage.Clock.Advance(TimeSpan.FromHours(2));
        await _stage.SyncAsync(100);
        await LookAsync(_stage.Worker);
        Assert.Empty(await _stage.OutboxAsync());
        Assert.Empty(await _stage.StatesAsync());
    }

    [Fact]
    public void Digest_ToAPager_IsRefused()
    {
        var file = Path.Combine(_stage.Folder, "pager.yaml");
        File.WriteAllText(file, "digests:\n  - { name: d, notify: [pagerduty] }\n");
        var options = new AlertingOptions { RulesFile = file, AllowPrivateTargets = true };
        options.Receivers.Add(new PagerDutyOptions { Name = "pagerduty", RoutingKey = new Secret(new string('k', 32)) });
        Assert.Contains("digests[d].notify: 'pagerduty' holds incidents", Assert.Throws<AlertingConfigurationException>(() => AlertingSetup.Load(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Noise_EqualsTheHistory()
    {
        // Three incidents of a minute or two, half an hour apart, and one that stays; the second is acknowledged.
        for (var incident = 0; incident < 3; incident++)
        {
            await _stage.PassAsync(TimeSpan.FromMinutes(6), () => _stage.SyncAsync(100, failedShare: 1));
            if (incident == 1)
                await AcknowledgeAsync();
            await _stage.PassAsync(TimeSpan.FromMinutes(20), () => _stage.SyncAsync(400));
        }

        await _stage.PassAsync(TimeSpan.FromMinutes(6), () => _stage.SyncAsync(900, failedShare: 1));
        var history = (await _stage.Reader.ListHistoryAsync("notes", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 1000, CancellationToken.None)).Reverse().ToArray();
        var begins = history.Where(change => change.To == "firing" && change.From != "recovering").Select(change => change.At).ToArray();
        var ends = history.Where(change => change.To == "resolved").Select(change => change.At).ToArray();
        var noise = Assert.Single(await _stage.Worker.GetRequiredService<NoiseReader>().ReadAsync("notes", begins[0], _stage.Clock.GetUtcNow().AddSeconds(1), CancellationToken.None));

        Assert.Equal((begins.Length, begins.Length - ends.Length, 1), (noise.Incidents, noise.Open, noise.Acknowledged));
        Assert.Equal(begins.Zip(ends).Count(pair => pair.Second - pair.First <= TimeSpan.FromMinutes(5)), noise.Brief);
        Assert.Equal(ends.Zip(begins.Skip(1)).Count(pair => pair.Second - pair.First <= TimeSpan.FromMinutes(30)), noise.Duplicates);
        Assert.True(begins.Length > 2, "The scenario must have incidents to count.");
        Assert.Empty(await _stage.Worker.GetRequiredService<NoiseReader>().CountLostAsync("notes", begins[0], _stage.Clock.GetUtcNow(), CancellationToken.None));
    }

    private static Task LookAsync(IServiceProvider worker) => worker.GetRequiredService<DigestTelling>().RunAsync(CancellationToken.None);

    private void Configure(AlertingOptions options)
    {
        var file = Path.Combine(_stage.Folder, "digests.yaml");
        if (!File.Exists(file))
            File.WriteAllText(file, Rules);
        options.RulesFile = file;
        foreach (var receiver in _stage.OtherReceivers.Where(receiver => receiver.Name is "email" or "webhook"))
            options.Receivers.Add(receiver);
    }

    private async Task AcknowledgeAsync()
    {
        var alert = Assert.Single(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None));
        await _stage.Worker.GetRequiredService<AcknowledgementStore>().AddAsync(alert.Id, "ann", _stage.Clock.GetUtcNow(), CancellationToken.None);
    }
}
