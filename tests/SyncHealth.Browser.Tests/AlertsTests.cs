using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Browser.Tests;

/// <summary>Alerts as the evaluator saves them, from the first breach to who was told.</summary>
public sealed class AlertsTests(Platform platform)
{
    private const string Breach = """{"verdict":"breach","measurement":{"window":{"from":"2026-03-04T14:15:00Z","to":"2026-03-04T14:30:00Z"},"attempts":1240,"devices":212,"offending":169,"value":86.37}}""";

    private DateTimeOffset Now => platform.Clock.GetUtcNow();

    [Fact]
    public async Task Active_FiringForASegment_LeadsToItsNumbersAndItsRunbook()
    {
        const string App = "alerts-active";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync($"/alerts?app={App}");
        var card = await page.TextAsync("#active article.firing");
        Assert.Contains("86.4 % threshold 95 %", card.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("app version 2.5.0", card, StringComparison.Ordinal);
        Assert.Equal("/runbooks/sync-success-rate", await page.Page.GetAttributeAsync("#active a:has-text('Runbook')", "href"));
        Assert.StartsWith("✕ 1 firing", await page.Page.TitleAsync(), StringComparison.Ordinal);

        await page.Page.ClickAsync("#active a:has-text('Show its numbers')");
        await page.WaitForAddressAsync("filter=app_version%3A2.5.0");
        await page.Page.WaitForSelectorAsync(".chip");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Past_EachChange_HasItsEvidenceAndWhoWasTold()
    {
        const string App = "alerts-past";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/alerts?app={App}");

        var changes = await page.Page.Locator("#past tbody tr").AllInnerTextsAsync();
        Assert.Equal(2, changes.Count);
        Assert.Contains("past the threshold for as long as the rule asks", changes[0], StringComparison.Ordinal);
        Assert.Contains("86.4 % against a threshold of 95 %", changes[0].Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("15:15 – 15:30", changes[0], StringComparison.Ordinal);
        Assert.Contains("slack-alerts-past 0 delivered, 1 waiting", await page.TextAsync(".receivers"), StringComparison.Ordinal);
        Assert.Contains("PD-1", await page.TextAsync("#deliveries tbody tr:has-text('pagerduty')"), StringComparison.Ordinal);

        // The range is the address's: nothing of it happened in the last quarter of an hour.
        await page.Page.ClickAsync("[aria-label=Range] a:has-text('15m')");
        await page.WaitForTextAsync("#past", "No alert changed in the last 15 minutes");
        await page.Page.ReloadAsync();
        await page.WaitForTextAsync("#past", "No alert changed in the last 15 minutes");
    }

    [Fact]
    public async Task Acknowledge_WithAName_ShowsWhoIsOnItToEverybody()
    {
        const string App = "alerts-acknowledge";
        await SeedAsync(App);
        await using var other = await platform.Browser.OpenAsync(platform.Host.Address);
        await other.OpenPageAsync($"/alerts?app={App}");
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width: 360);
        await page.OpenPageAsync($"/alerts?app={App}");

        await page.Page.FillAsync("#active input", "Ana <b>");
        await page.Page.ClickAsync("#active .acknowledge");

        await page.WaitForTextAsync("#active .on-it", "Ana <b> is on it");
        await other.WaitForTextAsync("#active .on-it", "Ana <b> is on it");
        Assert.Equal(0, await page.Page.Locator("#active .acknowledge").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Silence_TwoClicks_HoldsForThisAlertOnly()
    {
        const string App = "alerts-silence";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/alerts?app={App}");

        await page.Page.ClickAsync("#active summary");
        await page.Page.ClickAsync("#active details button:has-text('4')");
        await page.WaitForTextAsync("#active [role=status]", "Silenced for 4 h");

        var silences = await platform.Host.Services.GetRequiredService<SilenceStore>().ListAsync(Now, CancellationToken.None);
        var silence = Assert.Single(silences, silence => silence.Matchers.Contains($"app={App}"));
        Assert.Equal(["rule=sync-success-rate", $"app={App}", "class=threshold", "app_version=2.5.0"], silence.Matchers);
        Assert.Equal((Now, Now.AddHours(4)), (silence.StartsAt, silence.EndsAt));
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Page_AnyWidthAndTheme_FitsWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        var app = $"alerts-look-{width}-{scheme}".ToLowerInvariant();
        await SeedAsync(app);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.OpenPageAsync($"/alerts?app={app}");
        await page.KeepAsync($"alerts-{width}-{scheme}".ToLowerInvariant());

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }

    /// <summary>One alert that was pending and fires, told to two receivers: one has it, one waits.</summary>
    private async Task SeedAsync(string app)
    {
        await new SeededStories(platform, app).WriteAsync(new SeededStories(platform, app).Sync("any", TimeSpan.FromMinutes(1)));
        var store = platform.Host.Services.GetRequiredService<AlertStore>();
        var outbox = platform.Host.Services.GetRequiredService<AlertOutbox>();
        await store.ReplaceRulesAsync([new RuleSave("sync-success-rate", "critical", "{}", ["pagerduty", "slack"], new Dictionary<string, string>())], Now, CancellationToken.None);
        var save = new AlertSave
        {
            Rule = "sync-success-rate", App = app, Segment = new Dictionary<string, string> { ["app_version"] = "2.5.0" }, Version = 0, StateJson = "{}", Severity = "critical",
            Status = "pending", Since = Now.AddMinutes(-35), Episode = 1, Sequence = 1, Value = 86.37, Threshold = 95, Unit = "percent", Attempts = 1240, Devices = 212,
            EvaluatedAt = Now.AddMinutes(-35), Transition = new TransitionSave("inactive", "breach", Breach),
        };
        Assert.True(await store.SaveAsync(save, CancellationToken.None));
        // Receivers of its own: tests at the same time must not deliver for each other.
        var told = (string[])[$"pagerduty-{app}", $"slack-{app}"];
        Assert.True(await store.SaveAsync(
            save with
            {
                Version = 1, Status = "firing", Since = Now.AddMinutes(-30), Sequence = 2, EvaluatedAt = Now.AddMinutes(-30),
                Transition = new TransitionSave("pending", "breach", Breach), Notices = new NoticeSave(1, "trigger", "{}", told, Now.AddMinutes(-30), Now.AddMinutes(-30)),
            },
            CancellationToken.None));
        await DeliverAsync(outbox, told[0]);
    }

    private async Task DeliverAsync(AlertOutbox outbox, string receiver)
    {
        var leased = await outbox.LeaseAsync(receiver, Now, Now, TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.NotNull(leased);
        Assert.True((await outbox.RecordAsync(leased, new NotificationOutcome("delivered", false, "202 accepted", Now, Now.AddSeconds(1), "PD-1"), CancellationToken.None)).IsRecorded);
    }
}
