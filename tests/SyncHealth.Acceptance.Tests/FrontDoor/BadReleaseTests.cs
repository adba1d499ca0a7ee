using System.Net.Http.Json;
using System.Text.Json;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>The demo's bad release as a reader of the receivers' page lives through it: the page, the thread and the ticket, and the end of each. Three hours of the fleet, three minutes of ours.</summary>
[Trait("Suite", "Faults")]
public sealed class BadReleaseTests : IDisposable
{
    /// <summary>In real time, for each of both halves: machines are shared.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Demo_BadRelease_ShowsPageThreadAndTicketAndThenTheirEnd()
    {
        await using var demo = SyncHealthProcess.Start(_folder.Path, "demo", "--scenario", "bad-release", "--port", "{port}", "--data", "{data}");
        await demo.WaitUntilReadyAsync();

        var firing = await UntilAsync(demo, state => IncidentsOf(state, "open").Any() && ThreadsOf(state, "FIRING").Any() && IssuesOf(state, isDone: false).Any());
        Assert.StartsWith("FIRING notes: success ", TextOf(IncidentsOf(firing, "open").Single(), "summary"), StringComparison.Ordinal);
        Assert.StartsWith("FIRING notes: sync duration p99 ", TextOf(ThreadsOf(firing, "FIRING").Single(), "text"), StringComparison.Ordinal);
        Assert.StartsWith("FIRING notes: success ", TextOf(IssuesOf(firing, isDone: false).Single(), "summary"), StringComparison.Ordinal);
        await AssertPageShowsAsync(demo, "open · critical", "FIRING notes: sync duration p99", "OPS-1 FIRING notes: success");

        var over = await UntilAsync(demo, state => !IncidentsOf(state, "open").Any() && !ThreadsOf(state, "FIRING").Any() && !IssuesOf(state, isDone: false).Any());
        Assert.Equal(0, over.GetProperty("rejections").GetArrayLength());
        Assert.All(ThreadsOf(over, "RESOLVED"), thread => Assert.InRange(thread.GetProperty("replies").GetArrayLength(), 1, int.MaxValue));
        await AssertPageShowsAsync(demo, "resolved · critical", "RESOLVED notes: sync duration p99", "reply: RESOLVED notes: sync duration p99", "Done · ");
    }

    private static IEnumerable<JsonElement> IncidentsOf(JsonElement state, string status) => In(state, "pagerduty", "incidents").Where(incident => TextOf(incident, "status") == status);

    private static IEnumerable<JsonElement> ThreadsOf(JsonElement state, string kind) => In(state, "slack", "messages").Where(message => TextOf(message, "text").StartsWith(kind, StringComparison.Ordinal));

    private static IEnumerable<JsonElement> IssuesOf(JsonElement state, bool isDone) => In(state, "jira", "issues").Where(issue => TextOf(issue, "status") == "Done" == isDone);

    private static IEnumerable<JsonElement> In(JsonElement state, string vendor, string things) => state.GetProperty(vendor).GetProperty(things).EnumerateArray();

    private static string TextOf(JsonElement thing, string member) => thing.GetProperty(member).GetString()!;

    private static async Task AssertPageShowsAsync(SyncHealthProcess demo, params string[] texts)
    {
        var page = System.Net.WebUtility.HtmlDecode(await demo.Http.GetStringAsync("receivers"));
        Assert.All(texts, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    private static async Task<JsonElement> UntilAsync(SyncHealthProcess demo, Func<JsonElement, bool> holds)
    {
        for (var start = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Pause, TimeProvider.System))
        {
            var state = await demo.Http.GetFromJsonAsync<JsonElement>("receivers/state");
            if (holds(state))
                return state;
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"It did not come to that: {state}");
        }
    }
}
