using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Contracts;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Browser.Tests;

/// <summary>Two hundred hostile names in every field that a page shows: text everywhere, and nothing runs or is refused by the policy.</summary>
public sealed class HostileTests(Platform platform)
{
    private const string App = "<hostile>";

    [Fact]
    public async Task Pages_FullOfHostileNames_ShowThemAsTextAndRunNothing()
    {
        var stories = new SeededStories(platform, App);
        await SeedAsync(stories);
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        await page.Page.AddInitScriptAsync("window.refused = []; document.addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective + ' ' + e.sourceFile));");

        foreach (var address in Addresses(stories))
        {
            await page.OpenPageAsync(address);
            Assert.True(await page.Page.EvaluateAsync<bool>("window.hacked === undefined"), address);
            Assert.Empty(await page.Page.EvaluateAsync<string[]>("window.refused"));
            Assert.Equal(0, await page.Page.Locator("main img, main iframe, main script, main base, main [onerror], main [onload]").CountAsync());
        }

        var story = await page.Page.EvaluateAsync<string>("document.querySelector('#story').textContent");
        Assert.All(Hostile.Strings, name => Assert.Contains(name.Trim(), story, StringComparison.Ordinal));
        Assert.Empty(page.Complaints);
    }

    /// <summary>Each string as model, tag, version, error code, conflicting entity, marker, and segment of an alert.</summary>
    private async Task SeedAsync(SeededStories stories)
    {
        var batch = new EventBatch { ReceivedAt = stories.Now };
        var alerts = new SeededAlerts(platform, App);
        var markers = platform.Host.Services.GetRequiredService<MarkerStore>();
        foreach (var (name, index) in Hostile.Strings.Select((name, index) => (name, index)))
        {
            batch.Profiles.Add(new DeviceProfile(name, JsonSerializer.Serialize(new Dictionary<string, string> { ["cohort"] = name })));
            batch.Events.Add(Attempt(stories, $"device {index}", name, index) with { Profile = index });
            batch.Events.Add(Attempt(stories, "one device", name, index) with { Profile = index });
            await markers.AddAsync(new Marker(Guid.NewGuid(), App, stories.Now.AddMinutes(-index - 1), name), CancellationToken.None);
        }

        await stories.CommitAsync(batch);
        foreach (var name in Hostile.Strings)
            await alerts.FireAsync(name);
    }

    private static IEnumerable<string> Addresses(SeededStories stories)
    {
        var app = Uri.EscapeDataString(App);
        for (var number = 1; number <= 4; number++)
            yield return $"/devices?app={app}&page={number}";
        yield return $"/devices?app={app}&filter={Uri.EscapeDataString("tag:cohort:" + Hostile.Strings[1])}";
        yield return $"/?app={app}&range=6h&by=version";
        yield return $"/explore?app={app}&range=6h&by=version";
        yield return $"/releases?app={app}&range=6h&release={Uri.EscapeDataString(Hostile.Strings[0])}";
        yield return $"/alerts?app={app}";
        yield return $"/conflicts?app={app}&range=6h";
        yield return $"/health?app={app}&range=6h";
        yield return $"/devices/{stories.KeyOf("one device")}?app={app}";
    }

    private static EventRow Attempt(SeededStories stories, string device, string name, int index) =>
        stories.Fail(device, TimeSpan.FromMinutes(index + 1), name, index + 1, TimeSpan.FromHours(1), version: name) with
        {
            ConflictCount = 1, Conflicts = [new ConflictEntry(name, ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1)],
        };
}
