using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>An installation with login on, administered from the same machine as a person would.</summary>
public sealed partial class AdministrationTests(RunningInstallation installation) : IClassFixture<RunningInstallation>
{
    /// <summary>What the contract allows between a revocation and its last accepted event, in real time.</summary>
    private static readonly TimeSpan RevokedWithin = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Keys_FromCreationToRevocation()
    {
        var created = string.Join('\n', await RunAsync(0, "keys", "create", "--app", "notes", "--origin", "https://notes.example", "--rate", "700"));
        var key = KeyText().Match(created).Value;
        var id = KeyId().Match(created).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(key));
        Assert.StartsWith("Works: ", Assert.Single(await RunAsync(0, "doctor", "--key", key)), StringComparison.Ordinal);

        var listed = string.Join('\n', await RunAsync(0, "keys", "list"));
        Assert.Contains(id, listed, StringComparison.Ordinal);
        Assert.Contains("700", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed, StringComparison.Ordinal);

        var successor = KeyText().Match(string.Join('\n', await RunAsync(0, "keys", "rotate", id))).Value;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await PostAsync(key), await PostAsync(successor)));
        Assert.Contains("Revoke one of the two first", Assert.Single(await RunAsync(1, "keys", "rotate", id)), StringComparison.Ordinal);

        await RunAsync(0, "keys", "revoke", id);
        var start = TimeProvider.System.GetTimestamp();
        while (await PostAsync(key) != HttpStatusCode.Unauthorized)
            Assert.True(TimeProvider.System.GetElapsedTime(start) < RevokedWithin);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(successor));
        Assert.Contains("refuses this key (401)", Assert.Single(await RunAsync(1, "doctor", "--key", key)), StringComparison.Ordinal);

        using var answer = JsonDocument.Parse(string.Concat(await RunAsync(0, "keys", "list", "--all", "--format", "json")));
        var states = answer.RootElement.GetProperty("keys").EnumerateArray()
            .Where(item => item.GetProperty("id").GetString() == id || item.GetProperty("line").GetString() == id)
            .Select(item => item.GetProperty("state").GetString());
        Assert.Equal(["revoked", "live"], states);
    }

    [Fact]
    public async Task MarkAndDoctorAndApps_TalkToTheInstallation()
    {
        Assert.StartsWith("Marked 'backend 5.1' at 2026-", Assert.Single(await RunAsync(0, "mark", "backend 5.1", "--app", "notes", "--at", "2026-01-02T03:04:05Z")), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/markers?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(installation.Folder, "admin.token")));
        using var answer = await installation.Http.SendAsync(request);
        var markers = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("backend 5.1", Assert.Single(markers.GetProperty("markers").EnumerateArray()).GetProperty("text").GetString());

        await RunAsync(0, "keys", "create", "--app", "notes");
        var report = await RunAsync(1, "doctor");
        // The shipped rules name receivers that a new installation does not have yet.
        Assert.Equal("1 to change:", report[^2]);
        Assert.StartsWith("  alerts_reach_nobody: ", report[^1], StringComparison.Ordinal);

        Assert.Contains(await RunAsync(0, "apps", "set", "notes", "--raw-days", "10", "--rate", "none"), line => line.StartsWith("notes ", StringComparison.Ordinal));
        Assert.Contains("8 days at least", Assert.Single(await RunAsync(1, "apps", "set", "notes", "--raw-days", "7")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "--app NAME, or --any-app", "keys", "create")]
    [InlineData(64, "--app NAME, or --any-app", "keys", "create", "--app", "notes", "--any-app")]
    [InlineData(64, "--rate takes a number from 1 to 1000000, or none, not '0'", "keys", "create", "--app", "notes", "--rate", "0")]
    [InlineData(64, "--token TOKEN", "keys", "list", "--token", "wrong")]
    [InlineData(1, "There is no key 'abc'", "keys", "pause", "abc")]
    [InlineData(64, "--rate, --raw-days, --hour-days or --day-days", "apps", "set", "notes")]
    [InlineData(1, "ISO 8601", "mark", "x", "--at", "soon")]
    [InlineData(64, "not both", "doctor", "--postgres", "Host=127.0.0.1")]
    public async Task Command_Wrong_IsOneLineThatNamesTheRemedy(int exitCode, string remedy, params string[] arguments) =>
        Assert.Contains(remedy, Assert.Single(await RunAsync(exitCode, arguments), line => line.StartsWith("synchealth: ", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public async Task Doctor_DatabaseThatIsNotThere_Is69()
    {
        await using var process = SyncHealthProcess.Start(installation.Folder, "doctor", "--postgres", "Host=127.0.0.1;Port=1", "--data", "{data}");
        Assert.Equal(69, await process.WaitForExitAsync());
    }

    /// <summary>Runs a command against the installation; returns what it printed, without empty lines.</summary>
    private async Task<string[]> RunAsync(int exitCode, params string[] arguments)
    {
        await using var process = SyncHealthProcess.Start(installation.Folder, [.. arguments, "--server", installation.Http.BaseAddress!.ToString(), "--data", "{data}"]);
        var ended = await process.WaitForExitAsync();
        Assert.True(exitCode == ended, $"It ended with {ended}:{Environment.NewLine}{string.Join(Environment.NewLine, process.Lines)}");
        return [.. process.Lines.Where(line => line.Length > 0)];
    }

    private async Task<HttpStatusCode> PostAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events")
        {
            Content = JsonContent.Create(new { events = new[] { new { timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), type = "delta", success = true, durationMs = 812 } } }),
        };
        request.Headers.Add("X-SyncHealth-Key", key);
        using var response = await installation.Http.SendAsync(request);
        return response.StatusCode;
    }

    [GeneratedRegex(@"shk_[\w-]+")]
    private static partial Regex KeyText();

    [GeneratedRegex("Key ([0-9a-f]{12}) for app notes")]
    private static partial Regex KeyId();
}
