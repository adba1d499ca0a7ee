using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Browser.Tests;

/// <summary>Alerts as the evaluator saves them, from the first breach to who was told.</summary>
public sealed class AlertsTests(Platform platform)
{
    private DateTimeOffset Now => platform.Clock.GetUtcNow();

    [Fact]
    public async Task Active_FiringForASegment_LeadsToItsNumbersAndItsRunbook()
    {
        const string App = "alerts-active";
        await new SeededAlerts(platform, App).WriteAsync();
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
        await new SeededAlerts(platform, App).WriteAsync();
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/alerts?app={App}");

        var changes = await page.Page.Locator("#past tbody tr").AllInnerTextsAsync();
        Assert.Equal(2, changes.Count);
        Assert.Contains("past the threshold for as long as the rule asks", changes[0], StringComparison.Ordinal);
        Assert.Contains("86.4 % against a threshold of 95 %", changes[0].Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("15:15 – 15:30", changes[0], StringComparison.Ordinal);
        Assert.Contains("slack-alerts-past 0 delivered, 1 waiting", await page.TextAsync(".receivers"), StringComparison.Ordinal);
        Assert.Contains("PD-1", await page.TextAsync("#deliveries tbody tr:has-text('pagerduty')"), StringComparison.Ordinal);

        await page.Page.ClickAsync("#deliveries tbody tr:has-text('pagerduty') summary");
        await page.WaitForTextAsync("#deliveries details[open]", "delivered 202 accepted");

        // The range is the address's: nothing of it happened in the last quarter of an hour.
        await page.Page.ClickAsync("[aria-label=Range] a:has-text('15m')");
        await page.WaitForTextAsync("#past", "No alert changed in the last 15 minutes");
        await page.Page.ReloadAsync();
        await page.WaitForTextAsync("#past", "No alert changed in the last 15 minutes");
    }

    [Fact]
    public async Task Receivers_WithoutSecretAreShownAsSuch_AndATestSaysWhatCameOfIt()
    {
        const string App = "alerts-receivers";
        await new SeededAlerts(platform, App).WriteAsync();
        await platform.Host.Services.GetRequiredService<ReceiverStore>().ReplaceAsync(
            [new ReceiverSave("empty", "slack", "hooks.slack.com", false, null), new ReceiverSave("pager", "pagerduty", "events.pagerduty.com", true, null)], Now, CancellationToken.None);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/alerts?app={App}");
        Assert.Contains("no secret", await page.TextAsync("[data-receiver=empty]"), StringComparison.Ordinal);
        Assert.Contains("ready", await page.TextAsync("[data-receiver=pager]"), StringComparison.Ordinal);

        await page.Page.ClickAsync("[data-receiver=pager] button");
        await DeliverTestAsync();
        await page.WaitForTextAsync("#receivers [role=status]", "pager took the beginning and the end of the test: 202");
        Assert.Empty(page.Complaints);
    }

    /// <summary>As the process that sends alerts does.</summary>
    private async Task DeliverTestAsync()
    {
        var tests = platform.Host.Services.GetRequiredService<ReceiverTestStore>();
        using var deadline = new CancellationTokenSource(ReceiverTestStore.Patience);
        (Guid Id, string Receiver)? taken;
        while ((taken = await tests.TakeAsync(TimeProvider.System.GetUtcNow(), deadline.Token)) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        Assert.Equal("pager", taken.Value.Receiver);
        await tests.FinishAsync(taken.Value.Id, isDelivered: true, "202", CancellationToken.None);
    }

    [Fact]
    public async Task Rules_DraftWithAMistake_IsRefusedWithItsLineAndWhatIsAllowed()
    {
        const string App = "alerts-rules";
        await new SeededAlerts(platform, App).WriteAsync();
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width: 360);
        await page.OpenPageAsync($"/alerts?app={App}");

        await page.Page.ClickAsync("#rules summary:has-text('Check a draft')");
        await page.Page.FillAsync("#rules textarea", "rules:\n  - name: rate\n    metric: success_rate\n    below: 95\n    mode: maybe\n");
        await page.Page.ClickAsync("#rules button:has-text('Check')");
        await page.WaitForTextAsync("#rules [role=alert]", "line 5: rules[rate].mode");

        await page.Page.FillAsync("#rules textarea", "rules:\n  - { name: rate, metric: success_rate, below: 95 }\n");
        await page.Page.ClickAsync("#rules button:has-text('Check')");
        await page.WaitForTextAsync("#rules [role=status]", "1 rule, no mistakes");
        Assert.Contains("    metric: success_rate", await page.TextAsync("#rules details:last-of-type .yaml"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Acknowledge_WithAName_ShowsWhoIsOnItToEverybody()
    {
        const string App = "alerts-acknowledge";
        await new SeededAlerts(platform, App).WriteAsync();
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
        await new SeededAlerts(platform, App).WriteAsync();
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

    [Fact]
    public async Task Silences_NewOne_IsSeenBeforeItHoldsAndCanBeEnded()
    {
        const string App = "alerts-silences";
        await new SeededAlerts(platform, App).WriteAsync();
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.OpenPageAsync($"/alerts?app={App}");
        await page.Page.ClickAsync("#silences summary");
        await page.Page.FillAsync("#silences textarea", $"app={App}\nnonsense");
        await page.Page.ClickAsync("#silences button:has-text('Preview')");
        await page.WaitForTextAsync("#silences .problems", "'nonsense' is no matcher");

        await page.Page.FillAsync("#silences textarea", $"app={App}\napp_version=~2\\.5\\..*");
        await page.Page.ClickAsync("#silences button:has-text('Preview')");
        await page.WaitForTextAsync("#silences .reach", "sync-success-rate");
        Assert.True(await page.Page.IsDisabledAsync("#silences button:has-text('Silence for 4')"));
        await page.Page.FillAsync("#silences label:has-text('Why') input", "2.5.0 is <b>rolled back</b>");
        if (await page.Page.Locator("#silences label:has-text('Your name') input").CountAsync() > 0)
            await page.Page.FillAsync("#silences label:has-text('Your name') input", "Ana");
        await page.Page.ClickAsync("#silences button:has-text('Silence for 4')");
        await page.WaitForTextAsync("#silences tbody", "2.5.0 is <b>rolled back</b>");

        var row = $"#silences tr:has-text('app={App}')";
        Assert.Contains("Ana", await page.TextAsync(row), StringComparison.Ordinal);
        await page.Page.ClickAsync($"{row} button");
        await page.WaitForTextAsync("#silences", "Ended: what still fires is told at the next evaluation.");
        await page.Page.Locator(row).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(768, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Page_AnyWidthAndTheme_FitsWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        var app = $"alerts-look-{width}-{scheme}".ToLowerInvariant();
        await new SeededAlerts(platform, app).WriteAsync();
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.OpenPageAsync($"/alerts?app={app}");
        await page.KeepAsync($"alerts-{width}-{scheme}".ToLowerInvariant());

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }
}
