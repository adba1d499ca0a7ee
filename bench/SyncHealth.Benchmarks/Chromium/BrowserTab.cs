using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyncHealth.Benchmarks.Chromium;

/// <summary>A window with one page. It counts as seen, whatever else is open.</summary>
internal sealed class BrowserTab : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly DevTools _tools;
    private readonly string _target;
    private readonly string? _ownContext;
    private readonly string _session;
    private long _receivedBytes;

    private BrowserTab(DevTools tools, string target, string? ownContext, string session)
    {
        _tools = tools;
        _target = target;
        _ownContext = ownContext;
        _session = session;
        tools.Happened += OnHappened;
    }

    /// <summary>Bytes that came over the wire for finished requests, compressed as they came, heads included. What a WebSocket brings is not among them.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <summary>Opens a window whose cache is empty, as that of a first visit is.</summary>
    /// <param name="script">Runs in every page before its own scripts.</param>
    public static async Task<BrowserTab> OpenColdAsync(DevTools tools, string script, CancellationToken cancellationToken)
    {
        var context = (string)(await tools.SendAsync("Target.createBrowserContext", null, session: null, cancellationToken))["browserContextId"]!;
        return await OpenAsync(tools, script, context, cancellationToken);
    }

    /// <summary>Opens a window that shares its cache and its process with others of its kind.</summary>
    /// <param name="script">Runs in every page before its own scripts.</param>
    public static Task<BrowserTab> OpenAsync(DevTools tools, string script, CancellationToken cancellationToken) => OpenAsync(tools, script, ownContext: null, cancellationToken);

    public Task GoToAsync(Uri address, CancellationToken cancellationToken) =>
        SendAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() }, cancellationToken);

    /// <summary>The value of an expression, of a promise when it is fulfilled.</summary>
    /// <exception cref="InvalidOperationException">The page throws; the message is its own.</exception>
    public async Task<T> EvaluateAsync<T>(string expression, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            "Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true }, cancellationToken);
        return answer["exceptionDetails"] is { } thrown
            ? throw new InvalidOperationException($"The page throws {(string?)thrown["exception"]?["description"] ?? (string?)thrown["text"]}.")
            : answer["result"]!["value"]!.Deserialize<T>(Json)!;
    }

    public async ValueTask DisposeAsync()
    {
        _tools.Happened -= OnHappened;
        await (_ownContext is null
            ? _tools.SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target }, session: null, CancellationToken.None)
            : _tools.SendAsync("Target.disposeBrowserContext", new JsonObject { ["browserContextId"] = _ownContext }, session: null, CancellationToken.None));
    }

    private static async Task<BrowserTab> OpenAsync(DevTools tools, string script, string? ownContext, CancellationToken cancellationToken)
    {
        var wanted = new JsonObject { ["url"] = "about:blank", ["newWindow"] = true };
        if (ownContext is not null)
            wanted["browserContextId"] = ownContext;
        var target = (string)(await tools.SendAsync("Target.createTarget", wanted, session: null, cancellationToken))["targetId"]!;
        var session = (string)(await tools.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true }, session: null, cancellationToken))["sessionId"]!;
        var tab = new BrowserTab(tools, target, ownContext, session);
        await tab.SendAsync("Network.enable", [], cancellationToken);
        await tab.SendAsync("Page.enable", [], cancellationToken);
        await tab.SendAsync("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true }, cancellationToken);
        await tab.SendAsync("Page.addScriptToEvaluateOnNewDocument", new JsonObject { ["source"] = script }, cancellationToken);
        return tab;
    }

    private Task<JsonNode> SendAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        _tools.SendAsync(method, parameters, _session, cancellationToken);

    private void OnHappened(string? session, string name, JsonNode said)
    {
        if (session == _session && name == "Network.loadingFinished")
            Interlocked.Add(ref _receivedBytes, (long)(double)said["encodedDataLength"]!);
    }
}
