using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests.Try;

/// <summary>What a person does with a phone, each step until it shows.</summary>
internal static class PhoneSteps
{
    /// <summary>Opens the page and waits for the phone to be synced for the first time.</summary>
    public static async Task TakeUpAsync(this BrowserPage page, string address)
    {
        await page.OpenPageAsync(address);
        await page.WaitForStateAsync("Synced");
        await page.Page.WaitForSelectorAsync(".try-screen[data-pullable]");
    }

    public static Task WaitForStateAsync(this BrowserPage page, string state) => page.WaitForTextAsync(".try-phone [data-try=state]", state);

    public static async Task SwitchAsync(this BrowserPage page, string network)
    {
        await page.Page.ClickAsync($"[data-network={network}]");
        await page.Page.WaitForSelectorAsync($"[data-network={network}][aria-pressed=true]");
    }

    public static async Task WriteAsync(this BrowserPage page, string title, string body)
    {
        await page.Page.FillAsync("[data-try=title]", title);
        await page.Page.FillAsync("[data-try=body]", body);
        await page.Page.ClickAsync("[data-try=write] button");
        await page.Page.WaitForSelectorAsync(Note(title));
    }

    /// <summary>Changes the title or the text of a note.</summary>
    public static async Task EditAsync(this BrowserPage page, string note, string? title = null, string? body = null)
    {
        await page.Page.ClickAsync($"{Note(note)} [data-try=edit]");
        if (title is not null)
            await page.Page.FillAsync($"{Note(note)} [data-try=edit-title]", title);
        if (body is not null)
            await page.Page.FillAsync($"{Note(note)} [data-try=edit-body]", body);
        await page.Page.ClickAsync($"{Note(note)} button[type=submit]");
        await page.Page.WaitForSelectorAsync($"{Note(title ?? note)} [data-try=edit]");
    }

    /// <summary>A sync that somebody asks for, and what it brings.</summary>
    public static async Task RefreshUntilAsync(this BrowserPage page, string selector)
    {
        await page.Page.ClickAsync("[data-try=refresh]");
        await page.Page.WaitForSelectorAsync(selector);
    }

    /// <summary>A note by its title.</summary>
    public static string Note(string title) => $"[data-note='{title}']";
}
