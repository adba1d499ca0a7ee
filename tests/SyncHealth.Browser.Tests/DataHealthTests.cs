using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Browser.Tests;

/// <summary>What may be wrong with the picture itself.</summary>
public sealed class DataHealthTests(Platform platform)
{
    [Fact]
    public async Task Page_LossesOfEveryKind_SaysWhatToDistrustAndWhy()
    {
        const string App = "health-losses";
        await SeedAsync(App);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync($"/health?app={App}&range=1h");
        await page.Page.WaitForSelectorAsync("#arrivals [data-ready]");

        // Other tests write at the same time: what waits for the fold is everybody's, for a moment.
        await page.WaitForTextAsync(".trust", "Read the other pages with care: reports lost.");
        Assert.Equal("33.3 %", await page.TextAsync("#lost .amount"));
        Assert.Equal("1 device", await page.TextAsync("#clocks .amount"));
        Assert.Equal("2 events", await page.TextAsync("#quarantine .amount"));
        Assert.Equal("50 %", await page.TextAsync("#late .amount"));
        var losses = await page.Page.Locator("#losses tbody th").AllInnerTextsAsync();
        Assert.Equal(["queue_full", "timestamp_out_of_range"], losses);
        Assert.Contains("No ingest process has counted an event of this app", await page.TextAsync("#tally"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Page_WhatIngestProcessesCounted_StandsByReasonWithItsRange()
    {
        const string App = "health-tally";
        await SeedAsync(App);
        var tallies = platform.Host.Services.GetRequiredService<IntakeTallies>();
        var now = platform.Clock.GetUtcNow();
        tallies.Note(App, now, TallyReasons.Accepted, 1_200);
        tallies.Note(App, now, TallyReasons.Duplicate, 30);
        tallies.Note(App, now, "invalid_type", 7);
        tallies.Note(App, now.AddHours(-2), TallyReasons.Accepted, 5_000);
        await tallies.SaveAsync(CancellationToken.None);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync($"/health?app={App}&range=1h");

        await page.WaitForTextAsync("#tally dl", "1,200");
        var text = await page.TextAsync("#tally");
        Assert.Contains("by all ingest processes", text, StringComparison.Ordinal);
        Assert.Contains("30", await page.TextAsync("#tally dl div:nth-child(2) dd"), StringComparison.Ordinal);
        Assert.Contains("The event's type is none of the contract.", text, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Page_OfAHealthyFleet_SaysSo()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);

        await page.OpenPageAsync("/health?app=notes&range=6h");

        await page.WaitForTextAsync(".trust", "Nothing is wrong with the picture: what devices report arrives and is counted.");
        Assert.Contains("no device numbers its reports", await page.TextAsync("#lost"), StringComparison.Ordinal);
        Assert.Contains("Nothing was quarantined", await page.TextAsync("#losses"), StringComparison.Ordinal);
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
        var app = $"health-look-{width}-{scheme}".ToLowerInvariant();
        await SeedAsync(app);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address, width, scheme);

        await page.OpenPageAsync($"/health?app={app}&range=1h");
        await page.Page.WaitForSelectorAsync("#arrivals [data-ready]");
        await page.KeepAsync($"health-{width}-{scheme}".ToLowerInvariant());

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(page.Complaints);
    }

    /// <summary>Two attempts on time and two late ones; two numbers of six missing; one clock wrong; two events quarantined, twelve dropped.</summary>
    private async Task SeedAsync(string app)
    {
        var stories = new SeededStories(platform, app);
        var batch = new EventBatch { ReceivedAt = stories.Now.AddMinutes(-5) };
        batch.Profiles.Add(new DeviceProfile("Pixel 8", "{}"));
        batch.Events.Add(stories.Sync("a", TimeSpan.FromMinutes(5)) with { Seq = 6 });
        batch.Events.Add(stories.Sync("a", TimeSpan.FromMinutes(5.5)) with { Seq = 5 });
        batch.Events.Add(stories.Sync("a", TimeSpan.FromHours(9)) with { Seq = 2 });
        var skewed = stories.Sync("b", TimeSpan.FromHours(5));
        batch.Events.Add(skewed with { DeviceAt = skewed.EventAt + TimeSpan.FromHours(3) });
        batch.Events.Add(stories.Sign("a", TimeSpan.FromHours(10), Contracts.SyncType.Open) with { Seq = 1 });
        batch.Quarantined.Add(new QuarantinedEvent(app, 1, stories.Now.AddDays(9), "timestamp_out_of_range", "{}"));
        batch.Quarantined.Add(new QuarantinedEvent(app, 2, stories.Now.AddDays(9), "timestamp_out_of_range", "{}"));
        batch.Drops.Add(new ReportedDrop(app, skewed.DeviceKey, 7, "queue_full", 12));
        await stories.CommitAsync(batch);
    }
}
