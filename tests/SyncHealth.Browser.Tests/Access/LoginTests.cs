using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Dashboard.Access;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Browser.Tests.Access;

/// <summary>Signing in, and what an open page does when its viewer may see less than before.</summary>
public sealed class LoginTests(Platform platform) : IAsyncLifetime
{
    private const string Password = "four words nobody says";
    private const string Linked = "/alerts?range=24h&app=notes";

    private GuardedHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GuardedHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Login_FromALinkedView_ReturnsToItAndIsInteractive()
    {
        await using (var first = await platform.Browser.OpenAsync(_host.Address))
        {
            await first.Page.GotoAsync(await _host.InviteAsync("Ann <b>", AccountRole.Viewer));
            await first.Page.FillAsync("input[name=password]", Password);
            await first.Page.FillAsync("input[name=again]", Password);
            await first.Page.ClickAsync("button[type=submit]");
            await first.Page.WaitForSelectorAsync("html[data-interactive]", Attached);
            Assert.Empty(first.Complaints);
        }

        await using var page = await platform.Browser.OpenAsync(_host.Address);
        await page.Page.GotoAsync(Linked);
        Assert.StartsWith(new Uri(_host.Address, "/login").ToString(), page.Page.Url, StringComparison.Ordinal);
        await page.Page.FillAsync("input[name=name]", "ann <B>");
        await page.Page.FillAsync("input[name=password]", Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.WaitForAddressAsync(Linked);
        await page.Page.WaitForSelectorAsync("html[data-interactive]", Attached);

        Assert.Equal("Ann <b>", await page.TextAsync(".who"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Login_WrongPassword_SaysSoAndKeepsTheNameAndTheWay()
    {
        await using var page = await platform.Browser.OpenAsync(_host.Address);
        await page.Page.GotoAsync(Linked);
        await page.Page.FillAsync("input[name=name]", "nobody");
        await page.Page.FillAsync("input[name=password]", "not the right one");
        await page.Page.ClickAsync("button[type=submit]");

        await page.WaitForTextAsync("[role=alert]", "Name and password do not belong together.");
        Assert.Equal("nobody", await page.Page.InputValueAsync("input[name=name]"));
        Assert.Equal("", await page.Page.InputValueAsync("input[name=password]"));
        Assert.Equal(Linked, await page.Page.InputValueAsync("input[name=to]"));
    }

    /// <summary>Reliability F4: a page that was open when the session ended shows nothing more after one round of questions.</summary>
    [Fact]
    public async Task F4_SessionRevoked_OpenPageGoesToSignInWithTheWayBack()
    {
        await _host.SendAsync("notes");
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Viewer);
        await page.OpenPageAsync(Linked);

        await _host.Services.GetRequiredService<SessionStore>().EndAllAsync((await _host.FindAsync("Ann")).Id, CancellationToken.None);
        _host.Clock.Advance(AccessWatch.Interval);

        await page.WaitForAddressAsync("/login?to=" + Uri.EscapeDataString(Linked));
        Assert.Equal(0, await page.Page.Locator(".answers").CountAsync());
        Assert.InRange(AccessWatch.Interval.TotalSeconds, 1, 30);
    }

    [Fact]
    public async Task F4_RoleTakenAway_OpenPageOfAdminsGoes()
    {
        await using var root = await _host.SignInAsync(platform.Browser, "Root", AccountRole.Admin);
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup");
        Assert.Equal("Setup", await page.TextAsync("nav[aria-label=Pages] [aria-current=page]"));

        await _host.Services.GetRequiredService<AccountStore>().SetRoleAsync((await _host.FindAsync("Ann")).Id, AccountRole.Viewer, CancellationToken.None);
        _host.Clock.Advance(AccessWatch.Interval);

        await page.WaitForTextAsync("main h1", "This page is for admins");
        Assert.Equal(0, await page.Page.Locator("#keys").CountAsync());
    }

    /// <summary>What was taken away is refused at the click, before the next round of questions.</summary>
    [Fact]
    public async Task F4_RoleTakenAway_NextChangeIsRefused()
    {
        await using var root = await _host.SignInAsync(platform.Browser, "Root", AccountRole.Admin);
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup");
        await _host.Services.GetRequiredService<AccountStore>().SetRoleAsync((await _host.FindAsync("Ann")).Id, AccountRole.Viewer, CancellationToken.None);

        await page.Page.FillAsync("#keys form input >> nth=0", "notes");
        await page.Page.ClickAsync("#keys form button[type=submit]");

        await page.WaitForTextAsync("main h1", "This page is for admins");
        Assert.Empty(await _host.Services.GetRequiredService<Storage.Keys.KeyStore>().ListAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(AccountRole.Viewer, 0)]
    [InlineData(AccountRole.Editor, 1)]
    public async Task Alerts_ByRole_OfferWhatTheRoleMay(AccountRole role, int buttons)
    {
        await _host.SendAsync("notes");
        Assert.True(await _host.Services.GetRequiredService<AlertStore>().SaveAsync(Firing(), CancellationToken.None));
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", role);
        await page.OpenPageAsync("/alerts?app=notes");

        Assert.Equal(1, await page.Page.Locator("#active article").CountAsync());
        Assert.Equal(buttons, await page.Page.Locator("#active .acknowledge").CountAsync());
        Assert.Equal(buttons, await page.Page.Locator("#active details").CountAsync());
        Assert.Equal(0, await page.Page.Locator("#active input").CountAsync());
        Assert.Equal(0, await page.Page.Locator("nav[aria-label=Pages] a:has-text('Setup')").CountAsync());
        if (role != AccountRole.Editor)
            return;
        await page.Page.ClickAsync("#active .acknowledge");
        await page.WaitForTextAsync("#active .on-it", "Ann is on it");
    }

    private static PageWaitForSelectorOptions Attached => new() { State = WaitForSelectorState.Attached };

    private AlertSave Firing() => new()
    {
        Rule = "sync-success-rate", App = "notes", Segment = new Dictionary<string, string>(), Version = 0, StateJson = "{}", Severity = "critical", Status = "firing",
        Since = _host.Clock.GetUtcNow().AddMinutes(-5), Episode = 1, Sequence = 1, Value = 86.37, Threshold = 95, Unit = "percent", Attempts = 1240, Devices = 212,
        EvaluatedAt = _host.Clock.GetUtcNow(), Transition = new TransitionSave("pending", "breach", """{"verdict":"breach"}"""),
    };
}
