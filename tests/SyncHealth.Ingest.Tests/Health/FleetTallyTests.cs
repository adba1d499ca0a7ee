using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Health;

/// <summary>What became of events, over several ingest processes on one Postgres and after they are gone.</summary>
public sealed class FleetTallyTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task TwoProcesses_OneFleet_AddUpAndOutliveBoth()
    {
        await using (var one = await IngestServer.StartAsync(_database))
        await using (var two = await IngestServer.StartAsync(_database))
        {
            var keys = one.Services.GetRequiredService<KeyStore>();
            var notes = await keys.CreateAsync("notes", "test", [], Token);
            var any = await keys.CreateAsync(null, "any", [], Token);
            await SendAsync(one, notes, Batch("\"app\":\"notes\"", "\"id\":\"a\"", "\"id\":\"b\"", "\"id\":\"x\",\"type\":\"sideways\""));
            await SendAsync(two, notes, Batch("\"app\":\"notes\"", "\"id\":\"b\"", "\"id\":\"c\"", "\"id\":\"a\",\"retries\":3"));
            await SendAsync(two, notes, Batch("\"app\":\"mail\"", "\"id\":\"d\""));
            await SendAsync(two, any, Batch("\"os\":\"ios\"", "\"id\":\"e\"", "\"id\":\"f\""));
            await SendAsync(one, any, Batch("\"app\":\"notes\"", "\"id\":\"g\""));
        }

        var tally = await new IntakeReader(_database.DataSource).ReadTallyAsync("notes", IngestServer.Start.AddMinutes(-1), IngestServer.Start.AddMinutes(1), Token);
        Assert.Equal((4, 2, 1), (tally.Accepted, tally.Duplicates, tally.IdConflicts));
        Assert.Equal([new("app_mismatch", 1), new("invalid_type", 1)], tally.Rejected);
        Assert.Equal([new("app_required", 2)], tally.Strays);
    }

    private static async Task SendAsync(IngestServer server, string key, string body)
    {
        using var answer = await server.PostAsync(body, key);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static string Batch(string resource, params string[] events) =>
        $$"""{"resource":{"deviceId":"d",{{resource}}},"events":[{{string.Join(',', events.Select(Event))}}]}""";

    private static string Event(string fields) => fields.Contains("\"type\"", StringComparison.Ordinal)
        ? $$"""{"timestamp":"2026-11-22T07:59:00Z","success":true,"durationMs":5,{{fields}}}"""
        : $$"""{"timestamp":"2026-11-22T07:59:00Z","type":"delta","success":true,"durationMs":5,{{fields}}}""";
}
