using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SyncHealth.Dashboard;
using SyncHealth.Ingest;
using SyncHealth.Storage;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;

namespace SyncHealth.Browser.Tests.Hosting;

/// <summary>A dashboard where people sign in, with ingest beside it, on a database and a clock of its own.</summary>
internal sealed class GuardedHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _secrets;
    private readonly DashboardHost _host;

    private GuardedHost(TestDatabase database, string secrets, DashboardHost host, ManualTimeProvider clock)
    {
        (_database, _secrets, _host, Clock) = (database, secrets, host, clock);
    }

    /// <summary>Begins with the real time: what a shell sends has that.</summary>
    public ManualTimeProvider Clock { get; }

    public Uri Address => _host.Address;

    public IServiceProvider Services => _host.Services;

    public static async Task<GuardedHost> StartAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var secrets = Directory.CreateTempSubdirectory("synchealth-guarded-").FullName;
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var host = await DashboardHost.StartAsync(
            new DashboardOptions { PollInterval = TimeSpan.FromMilliseconds(500) },
            services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.AddSyncHealthStorage(new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = Path.Combine(secrets, "device.key") });
                services.AddSyncHealthIngest(new IngestOptions { RunLoops = false });
            },
            map: app => app.MapGroup("").AllowAnonymous().MapSyncHealthIngest());
        return new GuardedHost(database, secrets, host, clock);
    }

    /// <summary>The path of a one-time link.</summary>
    public async Task<string> InviteAsync(string name, AccountRole role) =>
        "/join?token=" + await Services.GetRequiredService<InvitationStore>().CreateAsync(name, role, "test", CancellationToken.None);

    /// <summary>Makes an account and opens a browser that is signed in with it.</summary>
    public async Task<BrowserPage> SignInAsync(Browser browser, string name, AccountRole role, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var invitations = Services.GetRequiredService<InvitationStore>();
        var token = await invitations.CreateAsync(name, role, "test", CancellationToken.None);
        var account = await invitations.RedeemAsync(token, name, "no password", CancellationToken.None);
        var session = await Services.GetRequiredService<SessionStore>().StartAsync(account!.Value, CancellationToken.None);
        var page = await browser.OpenAsync(Address, width, scheme);
        await page.Page.Context.AddCookiesAsync([new Microsoft.Playwright.Cookie { Name = "synchealth", Value = session, Url = Address.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
        return page;
    }

    public async Task<Account> FindAsync(string name) =>
        (await Services.GetRequiredService<AccountStore>().ListAsync(CancellationToken.None)).Single(account => account.Name == name);

    /// <summary>Sends one attempt of an app over HTTP.</summary>
    public async Task SendAsync(string app)
    {
        var key = await Services.GetRequiredService<KeyStore>().CreateAsync(app, "test", [], CancellationToken.None);
        using var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var body = $$"""{"resource":{"appVersion":"1.0.0","os":"android","deviceId":"d"},"events":[{"timestamp":{{Clock.GetUtcNow().ToUnixTimeMilliseconds()}},"type":"delta","success":true,"durationMs":812}]}""";
        using var answer = await client.PostAsync(new Uri("v1/events", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_secrets, recursive: true);
    }
}
