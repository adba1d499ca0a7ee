using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Browser.Tests.Seeding;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Browser.Tests.Access;

/// <summary>Keys, apps and people on the setup page.</summary>
public sealed class SetupTests(Platform platform) : IAsyncLifetime
{
    private GuardedHost _host = null!;

    private KeyStore Keys => _host.Services.GetRequiredService<KeyStore>();

    public async ValueTask InitializeAsync() => _host = await GuardedHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Keys_MadeRotatedPausedAndRevoked_DoAsTheTableSays()
    {
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup");
        await page.Page.FillAsync("#keys form input >> nth=0", "notes");
        await page.Page.FillAsync("#keys form input >> nth=1", "android");
        await page.Page.ClickAsync("#keys form button[type=submit]");
        await page.WaitForTextAsync("#keys .once", "The new key.");
        var text = await page.TextAsync("#keys .once pre");
        var id = (await Keys.FindAsync(text, CancellationToken.None)).Key!.Id;
        var row = $"#keys tr[data-key=\"{id}\"]";
        await page.WaitForTextAsync(row, "never");

        await page.Page.ClickAsync($"{row} button:has-text('Pause')");
        await page.WaitForTextAsync(row, "paused");
        Assert.Equal(KeyLookupStatus.Unknown, (await Keys.FindAsync(text, CancellationToken.None)).Status);
        await page.Page.ClickAsync($"{row} button:has-text('Resume')");
        await page.WaitForTextAsync(row, "live");

        await page.Page.ClickAsync($"{row} button:has-text('Rotate')");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#keys tbody tr').length === 2");
        await page.Page.ClickAsync($"{row} button:has-text('Revoke')");
        Assert.Equal(KeyLookupStatus.Valid, (await Keys.FindAsync(text, CancellationToken.None)).Status);
        await page.Page.ClickAsync($"{row} .sure");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#keys tbody tr').length === 1");
        Assert.Equal(KeyLookupStatus.Unknown, (await Keys.FindAsync(text, CancellationToken.None)).Status);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Origins_OfAKey_AreChangedOnThePageAndHoldForBrowsers()
    {
        var made = await Keys.CreateAsync(new NewKey("notes", "web") { AllowedOrigins = ["https://old.example"] }, CancellationToken.None);
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup");
        var row = $"#keys tr[data-key=\"{made.Key.Id}\"]";
        await page.WaitForTextAsync(row, "https://old.example");

        await page.Page.ClickAsync($"{row} button:has-text('Web apps')");
        await page.Page.FillAsync("[data-form=origins] textarea", "https://Notes.example/\nnotes.example");
        await page.Page.ClickAsync("[data-form=origins] button[type=submit]");
        await page.WaitForTextAsync("#keys [role=alert]", "“notes.example” is no origin");
        Assert.Equal(["https://old.example"], (await Keys.FindAsync(made.Text, CancellationToken.None)).Key!.AllowedOrigins);

        await page.Page.FillAsync("[data-form=origins] textarea", "https://Notes.example/\nhttp://localhost:5173");
        await page.Page.ClickAsync("[data-form=origins] button[type=submit]");
        await page.WaitForTextAsync(row, "https://notes.example http://localhost:5173");
        Assert.Equal(0, await page.Page.Locator("[data-form=origins]").CountAsync());
        using var client = new HttpClient { BaseAddress = _host.Address };
        Assert.Equal("http://localhost:5173", await AllowedAsync(client, "http://localhost:5173"));
        Assert.Null(await AllowedAsync(client, "https://old.example"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Apps_Saved_KeepWhatIsAllowedAndSayWhatIsNot()
    {
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup");
        await page.Page.FillAsync("#apps form input >> nth=0", "notes");
        await page.Page.FillAsync("#apps form input >> nth=2", "14");
        await page.Page.ClickAsync("#apps form button[type=submit]");
        await page.WaitForTextAsync("#apps tbody", "waits for its first event");
        Assert.Equal(new AppSetting("notes", null, 14, null, null), Assert.Single(await _host.Services.GetRequiredService<AppSettingStore>().ListAsync(CancellationToken.None)));

        await page.Page.ClickAsync("#apps tbody button");
        await page.Page.FillAsync("#apps form input >> nth=3", "100");
        await page.Page.FillAsync("#apps form input >> nth=4", "");
        await page.Page.FillAsync("#apps form input >> nth=2", "31");
        await page.Page.ClickAsync("#apps form button[type=submit]");
        await page.WaitForTextAsync("#apps [role=alert]", "the installation keeps raw events for 30 days");
        Assert.Equal("31", await page.Page.InputValueAsync("#apps form input >> nth=2"));
    }

    [Fact]
    public async Task People_InvitedAndSignedOut_ByTheAdminsName()
    {
        await using var bob = await _host.SignInAsync(platform.Browser, "Bob", AccountRole.Viewer);
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup");
        await page.Page.FillAsync("#people form input", "Cem");
        await page.Page.ClickAsync("#people form button[type=submit]");
        await page.WaitForTextAsync("#people .once", "good once");
        var link = new Uri(await page.TextAsync("#people .once pre"));
        Assert.Equal((_host.Address.Port, "/join"), (link.Port, link.AbsolutePath));
        await page.WaitForTextAsync("#people tbody", "link from Ann");

        await page.Page.ClickAsync("#people tr[data-person=Bob] button:has-text('Sign out')");
        await page.WaitForTextAsync("#people tr[data-person=Bob]", "no");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('#people tr[data-person=Bob] td.number').textContent.trim() === 'no'");
        Assert.Equal(0, (await _host.FindAsync("Bob")).Sessions);

        // The last admin stays one, and the page says why.
        await page.Page.ClickAsync("#people tr[data-person=Ann] button:has-text('Remove')");
        await page.Page.ClickAsync("#people tr[data-person=Ann] .sure");
        await page.WaitForTextAsync("#people [role=alert]", "Nobody could administer any more.");
    }

    [Fact]
    public async Task Pages_FullOfHostileNames_ShowThemAsTextAndRunNothing()
    {
        await using var page = await _host.SignInAsync(platform.Browser, "<img src=x onerror=window.hacked=1>", AccountRole.Admin);
        var (settings, accounts, invitations) = (_host.Services.GetRequiredService<AppSettingStore>(), _host.Services.GetRequiredService<AccountStore>(), _host.Services.GetRequiredService<InvitationStore>());
        foreach (var name in Hostile.Strings)
        {
            await settings.SaveAsync(new AppSetting(name, 7, null, null, null), CancellationToken.None);
            await Keys.CreateAsync(new NewKey(name, name), CancellationToken.None);
            await accounts.AddAsync(name, AccountRole.Viewer, CancellationToken.None);
            await invitations.CreateAsync(name, AccountRole.Viewer, name, CancellationToken.None);
        }

        await page.Page.AddInitScriptAsync("window.refused = []; document.addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective + ' ' + e.sourceFile));");
        foreach (var address in (string[])["/setup", $"/setup/start?app={Uri.EscapeDataString(Hostile.Strings[0])}"])
        {
            await page.OpenPageAsync(address);
            await AssertNothingRanAsync(page, address);
        }

        await page.OpenPageAsync("/setup");
        var shown = await page.Page.EvaluateAsync<string>("document.querySelector('main').textContent");
        Assert.All(Hostile.Strings, name => Assert.Contains(name.Trim(), shown, StringComparison.Ordinal));
        await page.Page.GotoAsync("/account");
        await AssertNothingRanAsync(page, "/account");
        await page.Page.GotoAsync(await _host.InviteAsync(Hostile.Strings[1], AccountRole.Viewer));
        await AssertNothingRanAsync(page, "/join");
        await page.Page.Context.ClearCookiesAsync();
        await page.Page.GotoAsync("/login?to=" + Uri.EscapeDataString("/x?" + Hostile.Strings[0]));
        await AssertNothingRanAsync(page, "/login");
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
    public async Task Pages_AnyWidthAndTheme_FitWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        await _host.SendAsync("notes");
        await Keys.CreateAsync(new NewKey("field-app", "tablets of the night shift"), CancellationToken.None);
        await _host.InviteAsync("somebody-new@operations.field-app.example", AccountRole.Viewer);
        await using var page = await _host.SignInAsync(platform.Browser, "Ann Example", AccountRole.Admin, width, scheme);
        foreach (var (name, address) in new[] { ("setup", "/setup"), ("first-run", "/setup/start?app=field-app"), ("first-run-live", "/setup/start?app=notes") })
        {
            await page.OpenPageAsync(address);
            await KeepAsync(page, name, width, scheme);
        }

        foreach (var (name, address) in new[] { ("account", "/account"), ("join", await _host.InviteAsync("Bob", AccountRole.Editor)) })
        {
            await page.Page.GotoAsync(address);
            await KeepAsync(page, name, width, scheme);
        }

        await page.Page.Context.ClearCookiesAsync();
        await page.Page.GotoAsync("/alerts?range=24h&app=notes");
        await KeepAsync(page, "login", width, scheme);
        Assert.Empty(page.Complaints);
    }

    /// <summary>The origin that a preflight is answered for.</summary>
    private static async Task<string?> AllowedAsync(HttpClient client, string origin)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri("v1/events", UriKind.Relative));
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await client.SendAsync(preflight);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_OfAccessAndSetup_HaveNoSeriousFinding(ColorScheme scheme)
    {
        await _host.SendAsync("notes");
        await Keys.CreateAsync(new NewKey("notes", "web") { AllowedOrigins = ["https://notes.example"] }, CancellationToken.None);
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin, scheme: scheme);
        await page.OpenPageAsync("/setup");
        await page.Page.ClickAsync("#keys tbody button:has-text('Web apps')");
        await page.Page.WaitForSelectorAsync("[data-form=origins]");
        Assert.Empty(await Axe.FindAsync(page));

        foreach (var address in new[] { "/account", "/not-found", await _host.InviteAsync("Bob", AccountRole.Editor), "/login?to=%2F" })
        {
            if (address.StartsWith("/login", StringComparison.Ordinal))
                await page.Page.Context.ClearCookiesAsync();
            await page.Page.GotoAsync(address);
            Assert.Empty((await Axe.FindAsync(page)).Select(found => $"{address}: {found}"));
        }
    }

    private static async Task KeepAsync(BrowserPage page, string name, int width, ColorScheme scheme)
    {
        await page.KeepAsync($"{name}-{width}-{scheme}".ToLowerInvariant());
        Assert.Equal((name, scheme.ToString().ToLowerInvariant()), (name, await page.Page.EvaluateAsync<string>("document.documentElement.dataset.theme")));
        Assert.Equal((name, width), (name, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
    }

    private static async Task AssertNothingRanAsync(BrowserPage page, string address)
    {
        Assert.True(await page.Page.EvaluateAsync<bool>("window.hacked === undefined"), address);
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("window.refused"));
        Assert.Equal(0, await page.Page.Locator("main img, main iframe, main script, main base, main [onerror], main [onload]").CountAsync());
    }
}
