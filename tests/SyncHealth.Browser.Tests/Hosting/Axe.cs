namespace SyncHealth.Browser.Tests.Hosting;

/// <summary>What axe-core has against a page, by WCAG 2.2 AA.</summary>
internal static class Axe
{
    private const string Judge = """
        async () => {
          const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
          return violations.filter(found => ['serious', 'critical'].includes(found.impact)).map(found => `${found.id}: ${found.nodes.map(node => node.target + ' ' + node.any.concat(node.all).map(check => check.message).join('; ')).join(' | ')}`);
        }
        """;

    /// <summary>The serious and critical findings of the page as it is, each with its elements.</summary>
    public static async Task<string[]> FindAsync(BrowserPage page)
    {
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));
        return await page.Page.EvaluateAsync<string[]>(Judge);
    }
}
