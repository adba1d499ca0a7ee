using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SyncHealth.Dashboard.Access;
using SyncHealth.Host.Tests.Roles;
using SyncHealth.Storage.Accounts;
using Xunit;

namespace SyncHealth.Host.Tests.Access;

/// <summary>A browser as the server sees it: keeps cookies, follows nothing unasked, and sends the forms it was given.</summary>
internal sealed partial class SignedInClient : IDisposable
{
    public const string Password = "four words nobody says";

    /// <summary>A hash says how many rounds it took; one is enough where nothing is kept.</summary>
    private static readonly string CheapHash = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1 })).HashPassword(new object(), Password);

    private readonly HttpClient _http;

    public SignedInClient(Uri server)
    {
        Cookies = new CookieContainer();
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = server };
    }

    public CookieContainer Cookies { get; }

    /// <summary>Makes an account whose password is <see cref="Password"/>, and a browser that is signed in with it.</summary>
    public static async Task<SignedInClient> JoinAsync(RunningPlatform platform, string name, string role)
    {
        var invitations = platform.Services.GetRequiredService<InvitationStore>();
        var token = await invitations.CreateAsync(name, AccessPolicy.Find(role)!.Value, "test", CancellationToken.None);
        var account = await invitations.RedeemAsync(token, name, CheapHash, CancellationToken.None);
        var session = await platform.Services.GetRequiredService<SessionStore>().StartAsync(account!.Value, CancellationToken.None);
        var client = new SignedInClient(platform.Client.BaseAddress!);
        client.Cookies.Add(new Cookie("synchealth", session, "/", platform.Client.BaseAddress!.Host));
        return client;
    }

    /// <summary>The path of a fresh one-time link.</summary>
    public static async Task<string> InviteAsync(HttpClient admin, string adminToken, string? name, string role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/users/invitations") { Content = new StringContent(JsonSerializer.Serialize(new { name, role }), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        using var answer = await admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return new Uri(body.RootElement.GetProperty("link").GetString()!).PathAndQuery;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    /// <summary>Loads a form, fills it in and sends it: hidden fields as they were, the others as given.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await (await GetAsync(path)).Content.ReadAsStringAsync();
        var hidden = HiddenField().Matches(page).Select(match => (WebUtility.HtmlDecode(match.Groups[1].Value), WebUtility.HtmlDecode(match.Groups[2].Value)));
        return await PostAsync(path.Split('?')[0], [.. hidden.DistinctBy(field => field.Item1), .. fields]);
    }

    /// <summary>Sends a form that nobody made.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, IReadOnlyList<(string Name, string Value)> fields, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))) };
        change?.Invoke(request);
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)"[^>]* value="([^"]*)"[^>]*/>""")]
    private static partial Regex HiddenField();
}
