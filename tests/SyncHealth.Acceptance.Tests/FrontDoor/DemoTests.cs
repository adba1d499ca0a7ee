using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>The platform without a fleet, as black-box checks use it.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Demo_TheArticlesOwnEvent_IsAcceptedAndCounted()
    {
        await using var demo = await StartAsync();
        var answer = await PostAsync(demo, "a-batch");
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());

        var vitals = await demo.Http.GetFromJsonAsync<JsonElement>("api/v1/vitals?app=notes");
        var point = vitals.GetProperty("groups")[0].GetProperty("points")[0];
        Assert.Equal(1, point.GetProperty("attempts").GetInt64());
        Assert.Equal(100, point.GetProperty("successRate").GetDouble());
        Assert.InRange(point.GetProperty("durationMs").GetProperty("p50").GetDouble(), 812 * 0.99, 812 * 1.01);
    }

    [Fact]
    public async Task Demo_CtrlC_StopsEverythingAndTheNextStartFindsTheData()
    {
        await using (var first = await StartAsync())
        {
            await PostAsync(first, "kept");
            first.PressCtrlC();
            Assert.Equal(0, await first.WaitForExitAsync());
        }

        Assert.Empty(PostmasterFiles());
        await using var second = await StartAsync();
        var vitals = await second.Http.GetFromJsonAsync<JsonElement>("api/v1/vitals?app=notes");
        Assert.Equal(1, vitals.GetProperty("groups")[0].GetProperty("points")[0].GetProperty("attempts").GetInt64());
    }

    [Fact]
    public async Task Demo_KilledHard_LosesNothingItAcknowledged()
    {
        await using (var first = await StartAsync())
        {
            await PostAsync(first, "acknowledged");
            first.KillHard();
            await first.WaitForExitAsync();
        }

        await using var second = await StartAsync();
        var answer = await PostAsync(second, "acknowledged");
        Assert.Equal(1, answer.GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public async Task Demo_DataOfAnotherVersion_IsSetAsideAndTheDemoStartsAfresh()
    {
        await using (var first = await StartAsync())
        {
            await PostAsync(first, "of another version");
            await using (var database = NpgsqlDataSource.Create(ConnectionString()))
            await using (var change = database.CreateCommand("update synchealth.migration set checksum = 'another' where number = 4"))
                Assert.Equal(1, await change.ExecuteNonQueryAsync());
            first.PressCtrlC();
            await first.WaitForExitAsync();
        }

        await using var second = await StartAsync();
        var answer = await PostAsync(second, "of another version");
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Single(Directory.EnumerateDirectories(_folder.Path, "set-aside-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Demo_SecondProcessOnOneFolder_IsRefused()
    {
        await using var first = await StartAsync();
        await using var second = SyncHealthProcess.Start(_folder.Path, "demo", "--devices", "0", "--port", "{port}", "--data", "{data}");
        Assert.Equal(75, await second.WaitForExitAsync());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<SyncHealthProcess> StartAsync()
    {
        var demo = SyncHealthProcess.Start(_folder.Path, "demo", "--devices", "0", "--port", "{port}", "--data", "{data}");
        await demo.WaitUntilReadyAsync();
        return demo;
    }

    /// <summary>The event of the article's section 7.1, with a current time; the same batch key gives the same event.</summary>
    private static async Task<JsonElement> PostAsync(SyncHealthProcess demo, string batch)
    {
        var id = new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(batch)).AsSpan(0, 16));
        var at = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3_600_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events")
        {
            Content = JsonContent.Create(new
            {
                resource = new { app = "notes", deviceId = "one" },
                events = new[] { new { id, timestamp = at.ToUnixTimeMilliseconds(), type = "delta", success = true, durationMs = 812, conflictCount = 0, queuedItems = 0 } },
            }),
        };
        request.Headers.Add("X-SyncHealth-Key", "demo");
        using var response = await demo.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>To the demo's own Postgres, as its postmaster.pid (port in the fourth line) and its secret tell.</summary>
    private string ConnectionString()
    {
        var port = File.ReadLines(PostmasterFiles().Single()).ElementAt(3).Trim();
        var password = File.ReadAllText(Path.Combine(_folder.Path, "secrets", "postgres.password"));
        return $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres;Pooling=false";
    }

    private IEnumerable<string> PostmasterFiles() => Directory.EnumerateFiles(_folder.Path, "postmaster.pid", SearchOption.AllDirectories);
}
