using Microsoft.Playwright;
using SyncHealth.Browser.Tests.Hosting;

namespace SyncHealth.Browser.Tests;

/// <summary>What comes over the wire. Bytes are the same on every machine, so this is a test and no benchmark.</summary>
public sealed class WeightTests(Platform platform)
{
    /// <summary>Issue 4: 900 KiB, compressed as it is sent.</summary>
    private const long MaxBytes = 900 * 1024;

    /// <summary>What is smaller gains nothing worth the work of unpacking.</summary>
    private const long WorthCompressingBytes = 1024;

    [Fact]
    public async Task Overview_ColdCache_WeighsAtMost900KiB()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        var responses = await LoadAsync(page);

        long bytes = 0;
        foreach (var response in responses)
        {
            var sizes = await response.Request.SizesAsync();
            bytes += sizes.ResponseHeadersSize + sizes.ResponseBodySize;
        }

        Assert.Contains(responses, response => response.Url.Contains("apexcharts.esm", StringComparison.Ordinal));
        Assert.InRange(bytes, 100 * 1024, MaxBytes);
    }

    [Fact]
    public async Task Overview_ColdCache_TextIsSentCompressed()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        var plain = new List<string>();
        foreach (var response in await LoadAsync(page))
        {
            var isFile = Path.HasExtension(new Uri(response.Url).AbsolutePath);
            if (isFile && await response.HeaderValueAsync("content-encoding") is null && (await response.BodyAsync()).Length > WorthCompressingBytes)
                plain.Add(response.Url);
        }

        Assert.Empty(plain);
    }

    [Fact]
    public async Task Overview_FilesNamedByTheirContent_AreNeverAskedForAgain()
    {
        await using var page = await platform.Browser.OpenAsync(platform.Host.Address);
        var kept = new List<string>();
        foreach (var response in await LoadAsync(page))
            if (await response.HeaderValueAsync("cache-control") is { } cache && cache.Contains("immutable", StringComparison.Ordinal))
                kept.Add(new Uri(response.Url).AbsolutePath);

        Assert.All(["/app.", "/tokens.", "/SyncHealth.Dashboard.", "/lib/apexcharts/apexcharts.", "/js/theme.", "/_framework/blazor.web."], start => Assert.Contains(kept, path => path.StartsWith(start, StringComparison.Ordinal)));
    }

    /// <summary>Everything that a first visit gets, complete.</summary>
    private static async Task<List<IResponse>> LoadAsync(BrowserPage page)
    {
        var requests = new List<IRequest>();
        page.Page.Request += (_, request) =>
        {
            lock (requests)
                requests.Add(request);
        };
        await page.OpenWholeAsync("/?app=notes&range=6h");
        IRequest[] asked;
        lock (requests)
            asked = [.. requests];
        var responses = new List<IResponse>();
        foreach (var request in asked)
        {
            var response = await request.ResponseAsync();
            Assert.NotNull(response);
            await response.FinishedAsync();
            responses.Add(response);
        }

        return responses;
    }
}
