using Microsoft.AspNetCore.Http;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Where a browser keeps the token of its session.</summary>
internal static class SessionCookie
{
    /// <summary>Browsers take this prefix only with Secure, for the whole host and from no subdomain (RFC 6265bis, 4.1.3.2).</summary>
    private const string SecureName = "__Host-synchealth";

    private const string PlainName = "synchealth";

    /// <summary>The token; null when there is none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)] is { Length: > 0 } token ? token : null;

    public static void Write(HttpContext context, string token) =>
        context.Response.Cookies.Append(NameFor(context.Request), token, OptionsFor(context.Request, SessionStore.Length));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Append(NameFor(context.Request), "", OptionsFor(context.Request, TimeSpan.Zero));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    /// <summary>Lax, so that a link from a message opens the page signed in; what changes something is never a link.</summary>
    private static CookieOptions OptionsFor(HttpRequest request, TimeSpan age) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = age, IsEssential = true };
}
