using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Acceptance.Tests.Grafana;

/// <summary>Every panel and every variable of the Grafana dashboard asks a question that Postgres answers, over the same SQL as all other readers.</summary>
public sealed partial class GrafanaDashboardTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddHours(2);

    public static TheoryData<string> Panels => [.. PanelQueries().Keys];

    [Theory]
    [MemberData(nameof(Panels))]
    public async Task Panel_Query_ReturnsTheSeededEvent(string title)
    {
        await using var database = await SeededAsync();
        foreach (var query in PanelQueries()[title])
            Assert.NotEqual(0, await CountAsync(database, Expand(query)));
    }

    [Fact]
    public async Task Variables_Queries_FindTheSeededValues()
    {
        await using var database = await SeededAsync();
        foreach (var variable in Dashboard().GetProperty("templating").GetProperty("list").EnumerateArray())
            Assert.Equal(1, await CountAsync(database, Expand(variable.GetProperty("query").GetString()!)));
    }

    [Fact]
    public void Panels_CoverTheArticlesFive()
    {
        string[] five = ["Sync success rate", "Sync duration p50 / p90 / p99", "Conflicts by strategy", "Upload queue depth", "Data staleness"];
        Assert.Empty(five.Except(PanelQueries().Keys));
    }

    [Fact]
    public void Datasource_OfEveryPanel_IsTheProvisionedOne()
    {
        var provisioned = File.ReadAllText(Path.Combine(Checkout(), "grafana", "provisioning", "datasources", "synchealth.yaml"));
        Assert.All(
            Dashboard().GetProperty("panels").EnumerateArray(),
            panel => Assert.Contains($"uid: {panel.GetProperty("datasource").GetProperty("uid").GetString()}", provisioned, StringComparison.Ordinal));
    }

    /// <summary>What Grafana's Postgres data source makes of its macros and variables.</summary>
    private static string Expand(string query)
    {
        var text = query
            .Replace("$__timeFrom()", Literal(From), StringComparison.Ordinal)
            .Replace("$__timeTo()", Literal(To), StringComparison.Ordinal)
            .Replace("$__interval", "5m", StringComparison.Ordinal)
            .Replace("${version:sqlstring}", "'2.4.1'", StringComparison.Ordinal)
            .Replace("${os:sqlstring}", "'android','ios'", StringComparison.Ordinal)
            .Replace("${network:sqlstring}", "'wifi'", StringComparison.Ordinal)
            .Replace("$app", "notes", StringComparison.Ordinal);
        Assert.DoesNotMatch(Unexpanded(), text);
        return text;
    }

    private static string Literal(DateTimeOffset at) => $"'{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}'";

    private static async Task<long> CountAsync(TestDatabase database, string query)
    {
        await using var command = database.DataSource.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0L;
        while (await reader.ReadAsync())
            rows++;
        return rows;
    }

    private static async Task<TestDatabase> SeededAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var batch = new EventBatch { ReceivedAt = From.AddHours(1) };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        batch.Events.Add(new EventRow
        {
            Segment = new SegmentKey("notes", "production", "2.4.1", "android", "14", "wifi", "delta", "user"),
            DeviceKey = 7,
            HasDevice = true,
            DeviceAt = From.AddMinutes(50),
            EventAt = From.AddMinutes(50),
            IdHash = 1,
            Type = SyncType.Delta,
            Outcome = SyncOutcome.Success,
            DurationMs = 812,
            ConflictCount = 1,
            QueuedItems = 3,
        });

        await using var services = new ServiceCollection()
            .AddSyncHealthStorage(new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")) })
            .BuildServiceProvider();
        var receipt = await services.GetRequiredService<IEventWriter>().WriteAsync(batch, CancellationToken.None);
        Assert.Equal(1, receipt.Accepted);
        return database;
    }

    private static Dictionary<string, string[]> PanelQueries() => Dashboard().GetProperty("panels").EnumerateArray().ToDictionary(
        panel => panel.GetProperty("title").GetString()!,
        panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("rawSql").GetString()!).ToArray());

    private static JsonElement Dashboard() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout(), "grafana", "dashboards", "sync-health.json"))).RootElement;

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SyncHealth.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"\$__|\$\{|\$[a-z]")]
    private static partial Regex Unexpanded();
}
