using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Retention;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Privacy;

/// <summary>Reliability G1, G2, G4 and G5 at the edge: what a sender says about a person, and what of it any table, answer or metric still shows.</summary>
public sealed class PrivacyTests : IAsyncLifetime
{
    private const string Device = "canary-install-4711";
    private const string User = "canary.person@example.org";
    private const string ClientAddress = "203.0.113.77";

    private TestDatabase _database = null!;
    private IngestServer _server = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await IngestServer.StartAsync(_database);
        _key = await _server.Services.GetRequiredService<KeyStore>().CreateAsync("notes", "test", [], TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>G1: raw ids are in no row of any table, in no answer and in no metric; nor is a person named in any text (G4).</summary>
    [Fact]
    public async Task G1_RawIdsAndPeopleInTexts_AreNowhere()
    {
        using var answer = await PostAsync(Events());
        await FoldAsync();

        var shown = await answer.Content.ReadAsStringAsync() + await _server.Client.GetStringAsync("/metrics") + await DumpAsync();
        Assert.Contains("Pixel 8", shown, StringComparison.Ordinal);
        Assert.Contains("sync failed for [email]", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\nsynchealth_values_redacted_total ", shown, StringComparison.Ordinal);
    }

    /// <summary>G2 over HTTP: what an erased device still has in its queue is answered event by event, counted, and nowhere.</summary>
    [Fact]
    public async Task G2_LateBatchOfAnErasedDevice_IsRefusedCountedAndNowhere()
    {
        await PostAsync(Events());
        await FoldAsync();
        var hasher = _server.Services.GetRequiredService<DeviceKeyHasher>();
        await _server.Services.GetRequiredService<Erasures>().EraseDeviceAsync("notes", hasher.DeviceKey("notes", Device), CancellationToken.None);

        using var late = await PostAsync(Events());
        await FoldAsync();

        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        var body = JsonElement.Parse(await late.Content.ReadAsStringAsync());
        Assert.Equal((0, 0), (body.GetProperty("accepted").GetInt32(), body.GetProperty("duplicates").GetInt32()));
        Assert.Equal(
            [(0, ReasonCodes.DeviceErased), (1, ReasonCodes.TimestampOutOfRange), (2, ReasonCodes.DeviceErased)],
            body.GetProperty("rejected").EnumerateArray().Select(rejection => (rejection.GetProperty("index").GetInt32(), rejection.GetProperty("code").GetString()!)));
        Assert.Contains("synchealth_events_rejected_total{reason=\"device_erased\"} 2\n", await _server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        Assert.Equal(0L, await connection.ExecuteScalarAsync<long>(
            "select (select count(*) from synchealth.event) + (select count(*) from synchealth.device_state) + (select count(*) from synchealth.quarantined_event) + (select count(*) from synchealth.reported_drop)"));
    }

    /// <summary>G5: neither the connection's address nor one that a proxy or the sender names is in any row.</summary>
    [Fact]
    public async Task G5_ClientAddress_IsNotStored()
    {
        using var answer = await _server.PostAsync(
            Events().Replace("Pixel 8", "Pixel 8 at " + ClientAddress, StringComparison.Ordinal), _key,
            request => request.Headers.Add("X-Forwarded-For", ClientAddress));
        await FoldAsync();

        var dump = await DumpAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Pixel 8 at [ip]", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientAddress, dump, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", dump, StringComparison.Ordinal);
    }

    private static string Events()
    {
        var failed = $$"""
            "id":"b","success":false,"error":{"kind":"server","code":"sync failed for {{User}}"},"conflictCount":1,"conflicts":[{"entity":"note of {{User}}"}]
            """;
        return $$"""
            {"resource":{"app":"notes","deviceId":"{{Device}}","userRef":"{{User}}","deviceModel":"Pixel 8","appVersion":"2.4.1","tags":{"owner":"{{User}}"} },
             "events":[{{Taking.EventJson("\"id\":\"canary-event\"")}},{{Taking.EventJson("\"timestamp\":\"1970-01-01T00:00:00Z\",\"unknown\":\"canary\"")}},{{Taking.EventJson(failed)}}],
             "dropped":[{"reason":"of {{User}}","count":2}]}
            """;
    }

    private Task<HttpResponseMessage> PostAsync(string body) => _server.PostAsync(body, _key);

    private async Task FoldAsync()
    {
        await _server.Services.GetRequiredService<FoldLoop>().FoldAsync(TestContext.Current.CancellationToken);
        await _server.Services.GetRequiredService<MaintenanceLoop>().MaintainAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Every row of every table as text.</summary>
    private async Task<string> DumpAsync()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>(
            "select c.relname::text from pg_class c where c.relnamespace = 'synchealth'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition");
        var rows = new List<string>();
        foreach (var table in tables)
            rows.AddRange(await connection.QueryAsync<string>($"select t::text from synchealth.{table} t"));
        return string.Join('\n', rows);
    }
}
