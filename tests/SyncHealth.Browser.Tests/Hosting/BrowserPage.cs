using Microsoft.Playwright;

namespace SyncHealth.Browser.Tests.Hosting;

/// <summary>A page with what it complained about: console errors, uncaught exceptions and refused scripts.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(10_000);
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

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Complain(string what)
    {
        lock (_complaints)
            _complaints.Add(what);
    }
}
