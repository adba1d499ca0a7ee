using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Host.Roles;
using SyncHealth.Host.Tests.Roles;
using SyncHealth.Storage.Accounts;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Host.Tests.Access;

/// <summary>Signing in and out of the composed platform, over real HTTP.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private RunningPlatform _platform = null!;
    private SignedInClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await RunningPlatform.StartAsync(clock: _clock);
        _browser = new SignedInClient(_platform.Client.BaseAddress!);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task F11_FirstAdmin_JoinsByTheLinkOfTheStartOnceAndNeverAgain()
    {
        var invitation = await FirstAdmin.InviteAsync(_platform.Plan, _platform.Services, CancellationToken.None);
        var path = new Uri(invitation!.Split('\n')[^1].Trim()).PathAndQuery;

        Assert.Contains("The first admin", await (await _browser.GetAsync(path)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var joined = await _browser.SubmitAsync(path, ("name", "Ann"), ("password", SignedInClient.Password), ("again", SignedInClient.Password));

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (joined.StatusCode, joined.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/setup")).StatusCode);
        Assert.Null(await FirstAdmin.InviteAsync(_platform.Plan, _platform.Services, CancellationToken.None));
        using var other = new SignedInClient(_platform.Client.BaseAddress!);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task F11_SecondStart_MakesTheFirstLinkVoid()
    {
        var first = await FirstAdmin.InviteAsync(_platform.Plan, _platform.Services, CancellationToken.None);
        var second = await FirstAdmin.InviteAsync(_platform.Plan, _platform.Services, CancellationToken.None);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(PathOf(first))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync(PathOf(second))).StatusCode);
    }

    [Fact]
    public async Task Login_FromALinkedView_ReturnsToIt()
    {
        (await SignedInClient.JoinAsync(_platform, "Ann", "viewer")).Dispose();
        var login = (await _browser.GetAsync("/alerts?range=24h&app=notes")).Headers.Location!.ToString();

        using var answer = await _browser.SubmitAsync(login, ("name", "ann"), ("password", SignedInClient.Password));

        Assert.Equal((HttpStatusCode.SeeOther, "/alerts?range=24h&app=notes"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/alerts?range=24h&app=notes")).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Login_ToAnotherSite_GoesToTheOverview(string to)
    {
        (await SignedInClient.JoinAsync(_platform, "Ann", "viewer")).Dispose();
        var token = (await _browser.SubmitAsync("/login?to=" + Uri.EscapeDataString(to), ("name", "ann"), ("password", SignedInClient.Password))).Headers.Location!;
        Assert.Equal("/", token.ToString());
    }

    /// <summary>The same words, status and cookies for a wrong password and for a name that nobody has.</summary>
    [Fact]
    public async Task F11_WrongPassword_TellsNothingAboutTheName()
    {
        (await SignedInClient.JoinAsync(_platform, "Ann", "viewer")).Dispose();
        using var wrong = await _browser.SubmitAsync("/login", ("name", "ann"), ("password", "not the right one"));
        using var other = new SignedInClient(_platform.Client.BaseAddress!);
        using var unknown = await other.SubmitAsync("/login", ("name", "bob"), ("password", "not the right one"));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (wrong.StatusCode, unknown.StatusCode));
        Assert.Equal(ProblemOf(await wrong.Content.ReadAsStringAsync()), ProblemOf(await unknown.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/")).StatusCode);
    }

    /// <summary>The clock does not move, so the wait does not end: not even for the right password.</summary>
    [Fact]
    public async Task F11_SixthTry_WaitsWhetherTheNameExistsOrNot()
    {
        (await SignedInClient.JoinAsync(_platform, "Ann", "viewer")).Dispose();
        for (var i = 0; i < 5; i++)
            using (var wrong = await _browser.SubmitAsync("/login", ("name", "ann"), ("password", "not the right one")))
                Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        foreach (var (name, password) in new[] { ("ann", SignedInClient.Password), ("nobody of that name", "not the right one") })
        {
            using var held = await _browser.SubmitAsync("/login", ("name", name), ("password", password));
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(2)), (held.StatusCode, held.Headers.RetryAfter!.Delta));
        }

        _clock.Advance(TimeSpan.FromSeconds(2));
        using var right = await _browser.SubmitAsync("/login", ("name", "ann"), ("password", SignedInClient.Password));
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
    }

    [Fact]
    public async Task F11_Cookie_IsHttpOnlyLaxAndOfTheWholeHost()
    {
        using var joined = await _browser.SubmitAsync(
            await SignedInClient.InviteAsync(_platform.Client, RunningPlatform.AdminToken, "Ann", "viewer"), ("password", SignedInClient.Password), ("again", SignedInClient.Password));
        var cookie = Assert.Single(joined.Headers.GetValues("Set-Cookie"), value => value.StartsWith("synchealth=", StringComparison.Ordinal));
        Assert.Contains("; max-age=1209600", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("; path=/; samesite=lax; httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Logout_EndsTheSessionForEveryCopyOfTheCookie()
    {
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", "viewer");
        using var copy = new SignedInClient(_platform.Client.BaseAddress!);
        foreach (Cookie cookie in ann.Cookies.GetAllCookies())
            copy.Cookies.Add(cookie);
        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/")).StatusCode);

        var form = await (await ann.GetAsync("/account")).Content.ReadAsStringAsync();
        Assert.Contains("action=\"/logout\"", form, StringComparison.Ordinal);
        using var left = await ann.PostAsync("/logout", [("__RequestVerificationToken", TokenOf(form))]);

        Assert.Equal((HttpStatusCode.SeeOther, "/login"), (left.StatusCode, left.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, (await copy.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Password_Changed_SignsOutEveryOtherBrowser()
    {
        const string Next = "quite another set of words";
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", "viewer");
        await _browser.SubmitAsync("/login", ("name", "ann"), ("password", SignedInClient.Password));
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/")).StatusCode);

        using (var wrong = await ann.SubmitAsync("/account", ("current", "not the right one"), ("password", Next), ("again", Next)))
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var changed = await ann.SubmitAsync("/account", ("current", SignedInClient.Password), ("password", Next), ("again", Next));

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.SubmitAsync("/login", ("name", "ann"), ("password", SignedInClient.Password))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.SubmitAsync("/login", ("name", "ann"), ("password", Next))).StatusCode);
    }

    [Fact]
    public async Task F4_RoleChangedOrRemoved_IsSeenByTheNextRequest()
    {
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", "admin");
        (await SignedInClient.JoinAsync(_platform, "Root", "admin")).Dispose();
        var accounts = _platform.Services.GetRequiredService<AccountStore>();
        var id = (await accounts.ListAsync(CancellationToken.None)).Single(account => account.Name == "Ann").Id;
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/setup")).StatusCode);

        await accounts.SetRoleAsync(id, AccountRole.Viewer, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync("/setup")).StatusCode);
        await accounts.RemoveAsync(id, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Redirect, (await ann.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Session_FourteenDays_ThenSignsInAgain()
    {
        using var ann = await SignedInClient.JoinAsync(_platform, "Ann", "viewer");
        _clock.Advance(SessionStore.Length - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/")).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await ann.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("four words nobody says", "four words somebody says")]
    [InlineData("aaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaa")]
    public async Task Join_PasswordThatCannotBe_KeepsTheLinkGood(string password, string again)
    {
        var path = await SignedInClient.InviteAsync(_platform.Client, RunningPlatform.AdminToken, "Ann", "viewer");
        Assert.Equal(HttpStatusCode.BadRequest, (await _browser.SubmitAsync(path, ("password", password), ("again", again))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.SubmitAsync(path, ("password", SignedInClient.Password), ("again", SignedInClient.Password))).StatusCode);
    }

    internal static string TokenOf(string page) => System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

    private static string PathOf(string? invitation) => new Uri(invitation!.Split('\n')[^1].Trim()).PathAndQuery;

    private static string ProblemOf(string page) => System.Text.RegularExpressions.Regex.Match(page, "role=\"alert\".*?</p>", System.Text.RegularExpressions.RegexOptions.Singleline).Value;
}
