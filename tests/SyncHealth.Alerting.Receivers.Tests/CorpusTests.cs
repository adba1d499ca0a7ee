using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests;

/// <summary>
/// The corpus of payloads, a file per vendor: one that is taken, changes that still are, and changes that must be refused, each in the vendor's words. A fake
/// that takes what the vendor refuses would let every other test pass for nothing.
/// </summary>
public sealed class CorpusTests : IAsyncLifetime
{
    /// <summary>The slowest limit of a fake is a message a second.</summary>
    private static readonly TimeSpan OnePermit = TimeSpan.FromSeconds(2);

    private ReceiverSite _site = null!;
    private int _lastId;

    public static TheoryData<string> Vendors => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus");

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Corpus_Vendor_TakesWhatIsRightAndRefusesEachThatIsNot(string vendor)
    {
        var goal = new Goal("corpus");
        var corpus = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, vendor + ".json")))!.AsObject();
        var wrong = new List<string>();
        var right = corpus["alsoAccepted"]!.AsArray().Prepend(new JsonObject { ["why"] = "as it stands" }).ToArray();
        foreach (var change in right)
            if (await SendAsync(corpus, change!.AsObject()) is var (status, body) && !IsTaken(status, body))
                wrong.Add($"refused, {change["why"]}: {status} {body}");
        Assert.Empty(_site.State.Rejections);

        var refused = corpus["refused"]!.AsArray();
        foreach (var change in refused)
        {
            var (status, body) = await SendAsync(corpus, change!.AsObject());
            var told = $"{body} {(_site.State.Rejections is [.., var last] ? last.Reason : "")}";
            if (status != (int)(change["status"] ?? corpus["status"])! || IsTaken(status, body) || !told.Contains((string)change["says"]!, StringComparison.OrdinalIgnoreCase))
                wrong.Add($"not refused as it should, {change["why"]}: {status} {told}");
        }

        Assert.Empty(wrong);
        Assert.Equal(refused.Count, _site.State.Rejections.Count);
        goal.Reached($"{vendor}: {right.Length} payloads taken, {refused.Count} refused, each in the vendor's words");
    }

    private static bool IsTaken(int status, string body) => status is >= 200 and < 300 && !body.Contains("\"ok\":false", StringComparison.Ordinal);

    private async Task<(int Status, string Body)> SendAsync(JsonObject corpus, JsonObject change)
    {
        _site.Wall.Advance(OnePermit);
        var body = change["raw"] is { } raw ? (string)raw! : Changed(corpus["accepted"]!, change).ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, (string)corpus["path"]!) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if ((string?)(change["authorization"] ?? corpus["authorization"]) is { Length: > 0 } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (corpus["signed"] is not null)
            foreach (var (name, value) in Signed(body))
                request.Headers.TryAddWithoutValidation(name, (string?)change["headers"]?[name] ?? value);
        var (status, answer) = await _site.AnswerAsync(request);
        return ((int)status, answer);
    }

    private IEnumerable<(string Name, string Value)> Signed(string body)
    {
        var (id, sentAt) = ($"msg_{++_lastId}", _site.Wall.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var key = Convert.FromBase64String(new ReceiverOptions().WebhookSecret["whsec_".Length..]);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{sentAt}.{body}")));
        return [("webhook-id", id), ("webhook-timestamp", sentAt), ("webhook-signature", "v1," + signature)];
    }

    private static JsonNode Changed(JsonNode accepted, JsonObject change)
    {
        var body = accepted.DeepClone();
        foreach (var path in change["remove"]?.AsArray() ?? [])
            if (Parent(body, (string)path!, out var key) is not JsonObject parent || !parent.Remove(key))
                throw new InvalidOperationException($"{change["why"]}: '{path}' is not in the payload.");
        foreach (var (path, value) in change["set"]?.AsObject() ?? [])
            Set(Parent(body, path, out var key), key, Expand(value));
        return body;
    }

    private static JsonNode? Parent(JsonNode body, string path, out string key)
    {
        var parts = path.Split('.');
        key = parts[^1];
        return parts[..^1].Aggregate((JsonNode?)body, (node, part) => node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)] : node?[part]);
    }

    private static void Set(JsonNode? parent, string key, JsonNode? value)
    {
        if (parent is JsonArray list)
            list[int.Parse(key, CultureInfo.InvariantCulture)] = value;
        else
            parent![key] = value;
    }

    /// <summary><c>$text</c> is a text of so many characters, <c>$list</c> so many copies.</summary>
    private static JsonNode? Expand(JsonNode? value) => value switch
    {
        JsonObject { Count: 1 } made when made["$text"] is { } length => new string('x', (int)length),
        JsonObject made when made["$list"] is { } count => new JsonArray([.. Enumerable.Range(0, (int)count).Select(_ => Expand(made["of"]))]),
        JsonObject other => new JsonObject(other.Select(pair => KeyValuePair.Create(pair.Key, Expand(pair.Value)))),
        _ => value?.DeepClone(),
    };
}
