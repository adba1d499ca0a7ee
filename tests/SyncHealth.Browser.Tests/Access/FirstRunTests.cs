using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Browser.Tests.Hosting;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Browser.Tests.Access;

/// <summary>From an empty installation to the first event, with nothing but what the page says.</summary>
public sealed class FirstRunTests(Platform platform) : IAsyncLifetime
{
    /// <summary>A name that ends every literal it stands in, were it not escaped.</summary>
    private const string App = "my 'first' \"app\" \\ $HOME <b>";

    private GuardedHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GuardedHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Start_CurlOfThePage_TurnsItLiveWithoutAReload()
    {
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup/start");
        Assert.Contains("YOUR_INGEST_KEY", await page.TextAsync("pre[aria-label=curl]"), StringComparison.Ordinal);

        await page.Page.FillAsync("#which input", App);
        await page.Page.ClickAsync("#which button[type=submit]");
        await page.WaitForTextAsync("#which [role=status]", "shown this once");
        await page.WaitForTextAsync("#arrival [role=status]", $"Waiting for the first event of {App}.");
        var key = await page.TextAsync("#which pre");
        var curl = await page.Page.TextContentAsync("pre[aria-label=curl]");
        Assert.Contains($"Bearer {key}", curl, StringComparison.Ordinal);
        await page.Page.EvaluateAsync("window.sameDocument = true");

        Assert.Contains("\"accepted\":1", await RunAsync(curl!), StringComparison.Ordinal);

        await page.WaitForTextAsync("#arrival .arrived", $"{App} is live. Heard of 1.0.0 on Android");
        Assert.True(await page.Page.EvaluateAsync<bool>("window.sameDocument"));
        Assert.DoesNotContain(key, page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Key_AfterAReload_IsNowhere()
    {
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.OpenPageAsync("/setup/start?app=notes");
        await page.Page.ClickAsync("#which button[type=submit]");
        await page.WaitForTextAsync("#which [role=status]", "shown this once");
        var key = await page.TextAsync("#which pre");

        await page.Page.ReloadAsync();
        await page.Page.WaitForSelectorAsync("main .answers[aria-busy=false]");

        Assert.DoesNotContain(key, await page.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("first event", Assert.Single(await _host.Services.GetRequiredService<KeyStore>().ListAsync(CancellationToken.None)).Label);
    }

    [Fact]
    public async Task Overview_WithoutAnyEvent_LeadsHere()
    {
        await using var page = await _host.SignInAsync(platform.Browser, "Ann", AccountRole.Admin);
        await page.Page.GotoAsync("/?app=notes");
        await page.Page.ClickAsync(".first a");
        await page.WaitForAddressAsync("/setup/start?app=notes");
        await page.WaitForTextAsync("#arrival [role=status]", "Waiting for the first event of notes.");
    }

    /// <summary>As a person pastes it.</summary>
    private static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = shell.StandardError.ReadToEndAsync();
        var answer = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, await error);
        return answer;
    }
}
