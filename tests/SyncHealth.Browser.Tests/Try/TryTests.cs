using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests.Try;

/// <summary>Two tabs are two phones: what a visitor of <c>/try</c> does, and sees. No two tests use the same phone, nor a note of the same title.</summary>
public sealed class TryTests(Platform platform, TryHost host) : IClassFixture<TryHost>
{
    [Fact]
    public async Task TwoTabs_SameFieldEditedOffline_TheLaterEditStaysAndTheOtherCanBePutBack()
    {
        await using var a = await platform.Browser.OpenAsync(host.Address);
        await using var b = await platform.Browser.OpenAsync(host.Address);
        await a.TakeUpAsync("/try");
        await a.WaitForAddressAsync("phone=a");
        await b.TakeUpAsync("/try");
        await b.WaitForAddressAsync("phone=b");

        // Online: what one writes is on the other after a refresh.
        await a.WriteAsync("Shopping", "milk");
        await a.Page.WaitForSelectorAsync(PhoneSteps.Note("Shopping") + ".sent");
        await b.RefreshUntilAsync(PhoneSteps.Note("Shopping"));

        // Offline: both edit, and each sees its own edit at once, with its mark.
        await a.SwitchAsync("offline");
        await b.SwitchAsync("offline");
        await a.EditAsync("Shopping", title: "Shopping by A");
        await b.EditAsync("Shopping", title: "Shopping by B");
        await a.Page.WaitForSelectorAsync(PhoneSteps.Note("Shopping by A") + ".pending");
        await a.WaitForStateAsync("1 change pending");
        await a.WaitForTextAsync("[data-try=banner]", "1 change waits on this phone and leaves when the network is back.");
        await a.WaitForTextAsync("[data-try=next]", "when the network is back");
        await a.WaitForTextAsync("[data-try=queue]", "1 change");

        await a.SwitchAsync("wifi");
        await a.WaitForStateAsync("Synced");
        await b.SwitchAsync("wifi");
        await b.WaitForTextAsync("[data-try=conflicts]", "Both changed it. Last write wins: this device kept, 1 edit discarded.");
        await b.WaitForTextAsync("[data-try=conflicts]", "Shopping by A");
        await b.WaitForTextAsync("[data-try=last]", "settled 1 conflict");
        await b.KeepAsync("try-conflict-1280-light");
        await a.RefreshUntilAsync(PhoneSteps.Note("Shopping by B"));

        await b.Page.ClickAsync("[data-try=take-back]");
        await b.Page.WaitForSelectorAsync(PhoneSteps.Note("Shopping by A"));
        Assert.Empty(await Axe.FindAsync(b));
        Assert.Empty(a.Complaints);
        Assert.Empty(b.Complaints);
    }

    [Fact]
    public async Task TwoTabs_DifferentFieldsInTheMergedNotebook_BothStay()
    {
        await using var a = await platform.Browser.OpenAsync(host.Address);
        await using var b = await platform.Browser.OpenAsync(host.Address, 360, ColorScheme.Dark);
        await a.TakeUpAsync("/try?phone=a&notebook=merge");
        await b.TakeUpAsync("/try?phone=b&notebook=merge");
        await a.WriteAsync("Trip", "by train");
        await a.Page.WaitForSelectorAsync(PhoneSteps.Note("Trip") + ".sent");
        await b.RefreshUntilAsync(PhoneSteps.Note("Trip"));
        await a.SwitchAsync("offline");
        await b.SwitchAsync("offline");
        await a.EditAsync("Trip", title: "Trip to Oslo");
        await b.EditAsync("Trip", body: "by ship");

        await a.SwitchAsync("wifi");
        await a.WaitForStateAsync("Synced");
        await b.SwitchAsync("wifi");

        await b.WaitForTextAsync("[data-try=conflicts]", "Field merge: both kept, merged, nothing discarded.");
        await b.WaitForTextAsync(PhoneSteps.Note("Trip to Oslo"), "by ship");
        await b.WaitForStateAsync("Synced");
        await b.KeepAsync("try-merge-360-dark");
        Assert.Equal(("dark", 360), (await b.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"), await b.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
        Assert.Empty(await Axe.FindAsync(b));
        await a.RefreshUntilAsync(PhoneSteps.Note("Trip to Oslo") + " p");
        await a.WaitForTextAsync(PhoneSteps.Note("Trip to Oslo"), "by ship");
        Assert.Empty(a.Complaints);
        Assert.Empty(b.Complaints);
    }

    [Fact]
    public async Task ServerAway_Banner_SaysQuietlyThatItRetriesAndTheButtonMendsIt()
    {
        await using var page = await platform.Browser.OpenAsync(host.Address);
        await page.TakeUpAsync("/try?phone=c");
        host.IsNotesServerAway = true;

        await page.WriteAsync("Written meanwhile", "");
        await page.WaitForTextAsync("[data-try=banner]", "Sync failed. Retrying…");
        await page.WaitForTextAsync("[data-try=banner]", "Nothing is lost.");
        await page.Page.WaitForSelectorAsync(PhoneSteps.Note("Written meanwhile") + ".pending");
        Assert.Empty(await Axe.FindAsync(page));

        // While the server is away the banner stays, and with it the button. Once it is back the phone's own retry may be first, and takes both away.
        await page.Page.ClickAsync("[data-try=retry]:enabled");
        host.IsNotesServerAway = false;
        await page.Page.EvaluateAsync("document.querySelector('[data-try=retry]')?.click()");
        await page.Page.WaitForSelectorAsync(PhoneSteps.Note("Written meanwhile") + ".sent");
        await page.WaitForStateAsync("Synced");
        Assert.Equal(0, await page.Page.Locator("[data-try=banner]").CountAsync());
        Assert.Empty(page.Complaints);
    }

    /// <summary>Full bars, and next to nothing gets through. Which requests vanish is chance, so somebody asks again until a sync has failed.</summary>
    [Fact]
    public async Task LieFi_SyncsFail_NothingIsLostAndAnotherNetworkMendsIt()
    {
        await using var page = await platform.Browser.OpenAsync(host.Address);
        await page.TakeUpAsync("/try?phone=f");
        await page.SwitchAsync("liefi");
        await page.WriteAsync("Through the tunnel", "");
        await page.WaitForTextAsync("[data-try=network]", "three of four requests vanish");

        var banner = "";
        while (!banner.Contains("Sync failed. Retrying…", StringComparison.Ordinal))
        {
            await page.Page.ClickAsync("[data-try=refresh]:enabled");
            banner = await page.Page.EvaluateAsync<string>("document.querySelector('[data-try=banner]')?.textContent ?? ''");
        }

        await page.SwitchAsync("wifi");
        await page.Page.WaitForSelectorAsync(PhoneSteps.Note("Through the tunnel") + ".sent");
        await page.WaitForStateAsync("Synced");
        Assert.Equal(1, await page.Page.Locator(PhoneSteps.Note("Through the tunnel")).CountAsync());
        Assert.Empty(page.Complaints);
    }

    /// <summary>The phone's reports go through the client SDK and ingest to its story, which leads back to the phone; a reload is the same phone.</summary>
    [Fact]
    public async Task Story_OfThePhone_IsOnTheDashboardAndLeadsBack()
    {
        await using var page = await platform.Browser.OpenAsync(host.Address);
        await page.TakeUpAsync("/try?phone=d");
        await page.WriteAsync("Reported", "");
        await page.Page.WaitForSelectorAsync(PhoneSteps.Note("Reported") + ".sent");

        await page.Page.ClickAsync("[data-try=story]");
        await page.WaitForAddressAsync("/devices/");
        await page.WaitForTextAsync("#story", "1 up");
        await page.WaitForTextAsync("#facts", "phone D");
        await page.Page.ClickAsync("text=Back to this device");

        await page.WaitForAddressAsync("/try?phone=d");
        await page.Page.WaitForSelectorAsync(PhoneSteps.Note("Reported"));
        await page.Page.ReloadAsync();
        await page.Page.WaitForSelectorAsync(PhoneSteps.Note("Reported"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task PullDown_AsFarAsItGoes_Syncs()
    {
        await using var page = await platform.Browser.OpenAsync(host.Address, 360);
        await page.TakeUpAsync("/try?phone=e");

        await PullAsync(page, 60);
        Assert.DoesNotContain("because you asked", await page.TextAsync("[data-try=last]"), StringComparison.Ordinal);
        await PullAsync(page, 300);

        await page.WaitForTextAsync("[data-try=last]", "because you asked");
        Assert.Equal(0, await page.Page.Locator("[data-pulled]").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Address_OfNoPhone_SaysWhichThereAre()
    {
        await using var page = await platform.Browser.OpenAsync(host.Address);
        await page.OpenPageAsync("/try?phone=zebra&notebook=merge");

        await page.WaitForTextAsync("main", "There is no phone “zebra”");
        await page.Page.ClickAsync("text=phone F");

        await page.WaitForAddressAsync("phone=f");
        await page.WaitForTextAsync("#try-phone-title", "phone F");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData('c', 360, ColorScheme.Light)]
    [InlineData('d', 1280, ColorScheme.Light)]
    [InlineData('e', 1280, ColorScheme.Dark)]
    public async Task Page_AnyWidthAndTheme_FitsWithoutScrollingSideways(char phone, int width, ColorScheme scheme)
    {
        await using var page = await platform.Browser.OpenAsync(host.Address, width, scheme);
        await page.TakeUpAsync($"/try?phone={phone}&notebook=merge");
        await page.SwitchAsync("offline");
        await page.WriteAsync($"A title of the greatest length that the form takes, of eighty letters, by {phone}", "and a text that is long too, so that it has to break somewhere");
        await page.Page.WaitForSelectorAsync(".try-note.pending");
        await page.KeepAsync($"try-{width}-{scheme}".ToLowerInvariant());

        Assert.Equal(scheme.ToString().ToLowerInvariant(), await page.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await Axe.FindAsync(page));
        Assert.Empty(page.Complaints);
    }

    /// <summary>A finger that goes down over the list and leaves.</summary>
    private static async Task PullAsync(BrowserPage page, int distance) => await page.Page.EvaluateAsync(
        """
        distance => {
          const list = document.querySelector('.try-screen');
          const at = y => [new Touch({ identifier: 1, target: list, clientX: 50, clientY: y })];
          const send = (type, touches) => list.dispatchEvent(new TouchEvent(type, { touches, bubbles: true, cancelable: true }));
          send('touchstart', at(100));
          send('touchmove', at(100 + distance));
          send('touchend', []);
        }
        """,
        distance);
}
