using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Api;

/// <summary>The person whom the host's own sign-in has found behind a request.</summary>
/// <param name="Name">What stands beside what they do.</param>
internal sealed record SignedIn(string Name, AccountRole Role)
{
    /// <summary>Null for a request with a token or with nothing. Whoever has no name is not signed in: a demo's pages are open, its routes ask for themselves.</summary>
    public static SignedIn? Find(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } && RoleOf(context.User.FindFirst(ClaimTypes.Role)?.Value) is { } role ? new SignedIn(name, role) : null;

    /// <summary>Who does something: the person who is signed in, whatever the request says; else, for programs with a token, whom they say it is for.</summary>
    /// <param name="said">What the request says; null for nobody in particular.</param>
    public static string Author(HttpContext context, string? said) => Find(context)?.Name ?? said ?? "api";

    private static AccountRole? RoleOf(string? name) => name switch
    {
        "viewer" => AccountRole.Viewer,
        "editor" => AccountRole.Editor,
        "admin" => AccountRole.Admin,
        _ => null,
    };
}
