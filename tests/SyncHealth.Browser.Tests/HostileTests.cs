using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Contracts;
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
        foreach (var (name, index) in Hostile.Strings.Select((name, index) => (name, index)))
            await stories.WriteAsync(name, name, Attempt(stories, $"device {index}", name, index), Attempt(stories, "one device", name, index));
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

    private static IEnumerable<string> Addresses(SeededStories stories)
    {
        var app = Uri.EscapeDataString(App);
        for (var number = 1; number <= 4; number++)
            yield return $"/devices?app={app}&page={number}";
        yield return $"/devices?app={app}&filter={Uri.EscapeDataString("tag:cohort:" + Hostile.Strings[1])}";
        yield return $"/alerts?app={app}";
        yield return $"/conflicts?app={app}&range=6h";
        yield return $"/health?app={app}&range=6h";
        yield return $"/devices/{stories.KeyOf("one device")}?app={app}";
    }

    private static EventRow Attempt(SeededStories stories, string device, string name, int index) =>
        stories.Fail(device, TimeSpan.FromMinutes(index + 1), name, index + 1, TimeSpan.FromHours(1)) with
        {
            ConflictCount = 1, Conflicts = [new ConflictEntry(name, ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1)],
        };
}
