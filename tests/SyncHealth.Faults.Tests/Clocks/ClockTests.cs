using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Clocks;

/// <summary>C6: clocks of devices are wrong in every way, and only their own events suffer.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    /// <summary>Partitions that maintenance keeps ahead of today.</summary>
    private const int DaysAhead = 3;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Live data went on being refused where one future event had moved a high-water mark (grafana/mimir #13494).</summary>
    [Fact]
    public async Task Post_TenYearsAhead_IsQuarantinedAndChangesNothingForAnybody()
    {
        var clock = new ManualTimeProvider(Now);
        await using var stage = await StartAsync(_database, clock);

        Assert.Equal(1, await PostAsync(stage, Batch("a", "d1", [Now.AddMinutes(-1), Now.AddYears(10), Now.AddMinutes(6), Now.AddDays(-31), DateTimeOffset.UnixEpoch])));
        await new MaintenanceLoop(_database.DataSource, new StorageOptions(), clock, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(CancellationToken.None);
        Assert.Equal(1, await PostAsync(stage, Batch("a", "d1", [Now])));
        Assert.Equal(1, await PostAsync(stage, Batch("b", "d2", [Now.AddMinutes(5)])));

        Assert.Equal((4L, 3L), (await ScalarAsync("select count(*) from synchealth.quarantined_event"), await ScalarAsync("select count(*) from synchealth.event")));
        Assert.Equal(Now.UtcDateTime.Date.AddDays(DaysAhead), await ScalarAsync("select max(day)::timestamp from synchealth.event_partition"));
    }

    /// <summary>The same batches, from devices whose clocks are off by nothing, by less and by more than is corrected, by an hour of summer time, by decades.</summary>
    [Fact]
    public async Task Post_AnyOrderOfArrival_GivesTheSameNumbers()
    {
        var goal = new Goal("C6");
        var orders = FaultScale.Of(test: 3, faults: 10, deep: 100);
        var random = new Random(FaultScale.Seed);
        TimeSpan[] offsets = [TimeSpan.Zero, TimeSpan.FromMinutes(54), TimeSpan.FromMinutes(-56), TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(-365 * 40), TimeSpan.FromDays(3650)];
        var batches = Enumerable.Range(0, 42).Select(number => Batch(
            "notes", $"d{number % 9}", [.. Enumerable.Range(0, 12).Select(_ => Now.AddMinutes(-random.Next(44_000)) + offsets[number % offsets.Length])], Now + offsets[number % offsets.Length], number)).ToArray();

        var answers = new HashSet<string>();
        for (var order = 0; order < orders; order++)
        {
            random.Shuffle(batches);
            answers.Add(await AnswerAsync(batches));
        }

        Assert.Single(answers);
        goal.Reached($"{batches.Length} batches of devices with {offsets.Length} wrong clocks in {orders} orders: one answer");
    }

    private static async Task<string> AnswerAsync(byte[][] batches)
    {
        await using var database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(database.DataSource);
        var accepted = 0;
        await using (var stage = await StartAsync(database, new ManualTimeProvider(Now)))
            foreach (var batch in batches)
                accepted += await PostAsync(stage, batch);
        var answer = await new VitalsReader(database.DataSource).ReadAsync(
            new VitalsQuery { App = "notes", From = Now.AddDays(-31), To = Now.AddMinutes(10), Now = Now, Step = TimeSpan.FromHours(1), Parts = VitalsParts.Devices },
            CancellationToken.None);
        var points = answer!.Groups.SelectMany(group => group.Points).Where(point => point.Attempts > 0);
        return $"{accepted}: {string.Join(' ', points.Select(point => $"{point.At:MMddHH}={point.Attempts}/{point.Devices}/{point.Pushed}/{point.DurationMs}"))}";
    }

    private static Task<IngestStage> StartAsync(TestDatabase database, TimeProvider clock) =>
        IngestStage.StartAsync(database.ConnectionString, new StageSettings { Clock = clock, RunLoops = false });

    private static byte[] Batch(string app, string device, DateTimeOffset[] times, DateTimeOffset? sentAt = null, int number = 0) => Encoding.UTF8.GetBytes(
        $$$"""{"sentAt":"{{{sentAt ?? Now:yyyy-MM-ddTHH:mm:ssZ}}}","resource":{"app":"{{{app}}}","deviceId":"{{{device}}}"},"events":[{{{string.Join(',', times.Select((time, index) =>
            GoodTimes(time, (number * 100) + index)))}}}]}""");

    private static string GoodTimes(DateTimeOffset time, int id) =>
        $$"""{"id":"e{{id}}","timestamp":{{time.ToUnixTimeMilliseconds()}},"type":"delta","success":true,"durationMs":{{id}},"pushed":{{id}}}""";

    private static async Task<int> PostAsync(IngestStage stage, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", IngestStage.Key);
        using var response = await stage.Http.SendAsync(request);
        using var answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("accepted").GetInt32();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using NpgsqlCommand command = _database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
