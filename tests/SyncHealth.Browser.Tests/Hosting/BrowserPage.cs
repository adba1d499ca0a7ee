using Microsoft.Playwright;

namespace SyncHealth.Browser.Tests.Hosting;

/// <summary>A page with what it complained about: console errors, uncaught exceptions and refused scripts.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private static readonly string Screenshots = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots"));

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(20_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
                Complain(message.Text + " at " + message.Location);
        };
        page.PageError += (_, error) => Complain(error);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    /// <summary>Opens an address and waits until its last chart is drawn: then the page is interactive.</summary>
    public async Task OpenAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.WaitForSelectorAsync("#staleness [data-ready]");
    }

    /// <summary>Opens an address of any page and waits until it is interactive and has its answer.</summary>
    public async Task OpenPageAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.WaitForSelectorAsync("html[data-interactive]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        await Page.WaitForSelectorAsync("main .answers[aria-busy=false]");
    }

    /// <summary>The text of the first match, with plain spaces.</summary>
    public async Task<string> TextAsync(string selector) => (await Page.InnerTextAsync(selector)).Replace('\u00A0', ' ').Trim();

    /// <summary>Waits until the first match reads <paramref name="text"/>, with plain spaces.</summary>
    public Task WaitForTextAsync(string selector, string text) => Page.WaitForFunctionAsync(
        "([selector, text]) => document.querySelector(selector)?.textContent.replaceAll('\\u00a0', ' ').includes(text)", new[] { selector, text });

    /// <summary>Waits until the address holds <paramref name="part"/>. The driver's own wait misses an address that changes while it begins to wait.</summary>
    public Task WaitForAddressAsync(string part) => Page.WaitForFunctionAsync("part => location.href.includes(part)", part);

    /// <summary>Keeps the whole page as a picture in the run's artifacts.</summary>
    public Task KeepAsync(string name, bool fullPage = true) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, name + ".png"), FullPage = fullPage });

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Complain(string what)
    {
        lock (_complaints)
            _complaints.Add(what);
    }
}
