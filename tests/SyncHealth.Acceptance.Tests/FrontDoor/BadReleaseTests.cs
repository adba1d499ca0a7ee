using System.Net.Http.Json;
using System.Text.Json;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>The demo's bad release as a reader of the receivers' page lives through it: the page, the thread and the ticket, and the end of each. Three hours of the fleet, three minutes of ours.</summary>
[Trait("Suite", "Faults")]
public sealed class BadReleaseTests : IDisposable
{
    /// <summary>What the rule says that goes to the page and to the ticket. Others come and go beside it.</summary>
    private const string Success = "FIRING notes: success ";

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

        var (firing, page) = await UntilAsync(
            demo, state => IncidentsOf(state, "open").Any() && ThreadsOf(state, "FIRING").Any() && TicketsOf(state, isDone: false).Any(),
            "open · critical", "FIRING notes: sync duration p99");
        Assert.StartsWith(Success, TextOf(IncidentsOf(firing, "open").Single(), "summary"), StringComparison.Ordinal);
        Assert.StartsWith("FIRING notes: sync duration p99 ", TextOf(ThreadsOf(firing, "FIRING").Single(), "text"), StringComparison.Ordinal);
        Assert.Contains($"{TextOf(TicketsOf(firing, isDone: false).Single(), "key")} {Success}", page, StringComparison.Ordinal);

        var (over, _) = await UntilAsync(
            demo, state => !IncidentsOf(state, "open").Any() && !ThreadsOf(state, "FIRING").Any() && !TicketsOf(state, isDone: false).Any() && TicketsOf(state, isDone: true).Any(),
            "resolved · critical", "RESOLVED notes: sync duration p99", "reply: RESOLVED notes: sync duration p99", "comment: RESOLVED notes: success ", "Done · ");
        Assert.Equal(0, over.GetProperty("rejections").GetArrayLength());
        Assert.All(ThreadsOf(over, "RESOLVED"), thread => Assert.InRange(thread.GetProperty("replies").GetArrayLength(), 1, int.MaxValue));
    }

    private static IEnumerable<JsonElement> IncidentsOf(JsonElement state, string status) => In(state, "pagerduty", "incidents").Where(incident => TextOf(incident, "status") == status);

    private static IEnumerable<JsonElement> ThreadsOf(JsonElement state, string kind) => In(state, "slack", "messages").Where(message => TextOf(message, "text").StartsWith(kind, StringComparison.Ordinal));

    private static IEnumerable<JsonElement> TicketsOf(JsonElement state, bool isDone) => In(state, "jira", "issues")
        .Where(issue => TextOf(issue, "summary").StartsWith(Success, StringComparison.Ordinal) && TextOf(issue, "status") == "Done" == isDone);

    private static JsonElement.ArrayEnumerator In(JsonElement state, string vendor, string things) => state.GetProperty(vendor).GetProperty(things).EnumerateArray();

    private static string TextOf(JsonElement thing, string member) => thing.GetProperty(member).GetString()!;

    /// <summary>Waits until the state is so and the page, read after it, shows all of that: a minute of the fleet is a second of ours, and alerts come and go.</summary>
    private static async Task<(JsonElement State, string Page)> UntilAsync(SyncHealthProcess demo, Func<JsonElement, bool> holds, params string[] shown)
    {
        for (var start = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Pause, TimeProvider.System))
        {
            var state = await demo.Http.GetFromJsonAsync<JsonElement>("receivers/state");
            var page = System.Net.WebUtility.HtmlDecode(await demo.Http.GetStringAsync("receivers"));
            if (holds(state) && shown.All(text => page.Contains(text, StringComparison.Ordinal)))
                return (state, page);
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"It did not come to that: {state}");
        }
    }
}
