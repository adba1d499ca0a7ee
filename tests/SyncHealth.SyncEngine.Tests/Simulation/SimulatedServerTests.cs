using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>The simulation proves something about the real server only as long as its server answers the same.</summary>
public sealed class SimulatedServerTests
{
    private static readonly string[] Devices = ["r0", "r1", "r2"];
    private static readonly string[] Kinds = ["insert", "update", "update", "delete"];

    /// <summary>Random pushes, old and new, repeated and conflicting, with clocks of all kinds: every answer and every page is the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RandomPushes_AreAnsweredAsByPostgres(int seed)
    {
        await using var server = await NotesServerFixture.StartAsync();
        using var http = new HttpClient();
        var model = new SimulatedServer();
        var random = new Random(seed);
        string? token = null;
        string? modelToken = null;
        for (var round = 0; round < 60; round++)
        {
            server.Time.Advance(TimeSpan.FromMilliseconds(random.Next(3) * 1000));
            // Now and then the key of an earlier push, with the same operations: they are drawn from the key.
            var key = random.Next(4) == 0 ? random.Next(round + 1) : round;
            var device = Devices[key % Devices.Length];
            var request = PushOf(new Random(seed * 1000 + key));
            var expected = model.Take(device, $"{key}", request, server.Time.GetUtcNow());
            Assert.Equal(Text(expected), Text(await PushAsync(http, server, device, $"{key}", request)));

            var page = model.ReadSince(modelToken, 3)!;
            var real = await PullAsync(http, server, "?limit=3" + (token is null ? "" : "&token=" + token));
            Assert.Equal(Text(page.Changes), Text(real.Changes));
            Assert.Equal(page.HasMore, real.HasMore);
            (modelToken, token) = (page.NextToken, real.NextToken);
            await CompareMapsAsync(http, server, model, random);
        }
    }

    private static async Task CompareMapsAsync(HttpClient http, NotesServerFixture server, SimulatedServer model, Random random)
    {
        var known = model.Live.Where(_ => random.Next(2) == 0).ToDictionary(note => note.Id, note => Math.Max(1, note.Version - random.Next(2)), StringComparer.Ordinal);
        if (random.Next(4) == 0)
            known["forgotten"] = 1;
        var page = model.ReadBeyond(known, 2);
        using var answer = await http.SendAsync(Request(server, HttpMethod.Post, "/changes?limit=2", "reader", JsonSerializer.Serialize(new KnownVersions(known), ProtocolJson.Default.KnownVersions)));
        if (page is null)
        {
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            return;
        }

        var real = (await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.ChangesPage))!;
        Assert.Equal((Text(page.Changes), page.HasMore, page.NextToken), (Text(real.Changes), real.HasMore, real.NextToken));
    }

    private static PushRequest PushOf(Random random)
    {
        var operations = new PushOperation[1 + random.Next(3)];
        for (var index = 0; index < operations.Length; index++)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            var id = $"n{random.Next(4)}";
            var text = kind == "delete" ? "" : $"text {random.Next(4)}";
            var stamp = Some.Start.ToUnixTimeMilliseconds() + random.Next(5) * 10_000L * (random.Next(4) == 0 ? 1_000_000 : 1);
            operations[index] = new PushOperation(kind, id, text, "", stamp, random.Next(6) * random.Next(2), random.Next(3) == 0);
        }

        return new PushRequest(operations);
    }

    private static async Task<PushResponse> PushAsync(HttpClient http, NotesServerFixture server, string device, string key, PushRequest push)
    {
        using var request = Request(server, HttpMethod.Post, "/sync", device, JsonSerializer.Serialize(push, ProtocolJson.Default.PushRequest));
        request.Headers.Add(ProtocolHeaders.IdempotencyKey, key);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.PushResponse))!;
    }

    private static async Task<ChangesPage> PullAsync(HttpClient http, NotesServerFixture server, string query)
    {
        using var answer = await http.SendAsync(Request(server, HttpMethod.Get, "/changes" + query, "reader", body: null));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.ChangesPage))!;
    }

    private static HttpRequestMessage Request(NotesServerFixture server, HttpMethod method, string path, string device, string? body)
    {
        var request = new HttpRequestMessage(method, server.Address.AbsoluteUri + path);
        request.Headers.Add(ProtocolHeaders.Account, "ann");
        request.Headers.Add(ProtocolHeaders.Device, device);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    private static string Text(PushResponse response) => JsonSerializer.Serialize(response, ProtocolJson.Default.PushResponse);

    private static string Text(IReadOnlyList<NoteChange> changes) => string.Join('\n', changes);
}
