using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

/// <summary>The real JavaScript SDK of OpenTelemetry, in a process of its own, against the real edge and a real Postgres.</summary>
public sealed class OtlpSdkTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await IngestServer.StartAsync(_database);

        // The SDK stamps records with the wall clock.
        _server.Clock.Advance(TimeProvider.System.GetUtcNow() - _server.Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("http", "none")]
    [InlineData("http", "gzip")]
    [InlineData("proto", "none")]
    [InlineData("proto", "gzip")]
    public async Task Send_JavaScriptSdk_EveryAttributeIsInTheTables(string transport, string compression)
    {
        await SendAsync(transport, compression);

        Assert.Equal(["js-1|delta|partial", "js-2|push|failure", "js-3|open|none"], await NamesAsync());
        Assert.Equal(
            "812|3|4|2500|1|3|12|11|1|914|5120|t|cellular|foreground|2.4.1|ios|18.1|iPhone16,1|production|7",
            await TextAsync("""
                select concat_ws('|', duration_ms, conflict_count, queued_items, oldest_pending_ms, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, metered,
                    network, trigger, app_version, os, os_version, device_model, environment, seq)
                from synchealth.event join synchealth.segment using (segment_id) join synchealth.core_segment using (core_id) join synchealth.device_profile using (profile_id)
                where type = 'delta'
                """));
        Assert.Equal("""[{"kind": "update_update", "count": 2, "entity": "note", "winner": "remote", "strategy": "lww", "discarded": 1}]""", await TextAsync("select conflicts::text from synchealth.event where seq = 7"));
        Assert.Equal("""{"deferred": [{"count": 2, "reason": "metered"}], "failures": [{"code": "http_422", "kind": "denied", "count": 1, "entity": "photo", "parked": true}]}""", await TextAsync("select details::text from synchealth.event where seq = 7"));
        Assert.Equal("server|http_503|lww 2, crdt 1", await TextAsync("""
            select concat_ws('|', kind, code, (select string_agg(concat_ws(' ', c ->> 'strategy', c ->> 'count'), ', ' order by place) from jsonb_array_elements(conflicts) with ordinality t (c, place)))
            from synchealth.event join synchealth.error using (error_id)
            """));
        Assert.Equal("queue_full|12", await TextAsync("select reason || '|' || count from synchealth.reported_drop"));
        Assert.Equal("1|beta", await TextAsync("select count(distinct device_key) || '|' || min(tags ->> 'cohort') from synchealth.event join synchealth.device_profile using (profile_id) where has_device"));
    }

    [Fact]
    public async Task Send_BrokenRecord_CostsTheOthersNothing()
    {
        await SendAsync("proto", "gzip");

        Assert.DoesNotContain("js-5", string.Join(' ', await NamesAsync()), StringComparison.Ordinal);
        var metrics = await _server.Client.GetStringAsync("/metrics");
        Assert.Contains("invalid_field\"} 1\n", metrics, StringComparison.Ordinal);
    }

    private async Task SendAsync(string transport, string compression)
    {
        var key = await _server.Services.GetRequiredService<KeyStore>().CreateAsync("notes", "js", [], TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node", [Path.Combine(OtlpSdk.Folder, "send.mjs"), new Uri(_server.Client.BaseAddress!, "/v1/logs").ToString(), key, transport, compression])
        {
            RedirectStandardError = true,
            WorkingDirectory = OtlpSdk.Folder,
        };
        using var node = Process.Start(start)!;
        var errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (node.ExitCode, errors));
    }

    /// <summary>Events with the names that the sender gave them: the table keeps their hash.</summary>
    private async Task<string[]> NamesAsync()
    {
        await using var command = _database.DataSource.CreateCommand("""
            select event_hash, type, outcome.name from synchealth.event join synchealth.segment using (segment_id) join synchealth.outcome using (outcome) order by 2 desc
            """);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var ids = Enumerable.Range(1, 5).ToDictionary(i => EventIdentity.OfText(Encoding.UTF8.GetBytes($"js-{i}")), i => $"js-{i}");
        var names = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            names.Add($"{ids[rows.GetInt64(0)]}|{rows.GetString(1)}|{rows.GetString(2)}");
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
