using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Api;

/// <summary>Lets a request in: with a token of the level, by whoever is signed in with the role, or from this machine where the options say so.</summary>
internal sealed class TokenAccess(ApiOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Headers by which a proxy on this machine says that the caller is elsewhere.</summary>
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    /// <summary>Hashes have one length whatever was sent, so that comparing them tells nothing about the token.</summary>
    private readonly (AccessLevel Level, byte[] Hash)[] _tokens =
    [
        .. new[] { (AccessLevel.Administer, options.AdminToken), (AccessLevel.Edit, options.EditorToken), (AccessLevel.Read, options.ReadToken) }
            .Where(token => token.Item2 is not null)
            .Select(token => (token.Item1, Hash(token.Item2!))),
    ];

    /// <summary>A filter that lets requests of this level or a higher one pass.</summary>
    public Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> Require(AccessLevel level) => async (context, next) =>
    {
        var request = context.HttpContext.Request;
        var given = LevelOf(request);
        if (given >= level)
            return await next(context);
        if (given is not null)
            return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", $"This route needs the {NameOf(level)} token or role; what was sent opens less.");

        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(StatusCodes.Status401Unauthorized, "token_required", $"This route needs the {NameOf(level)} token: Authorization: Bearer TOKEN.");
    };

    private static string NameOf(AccessLevel level) => level switch
    {
        AccessLevel.Administer => "admin",
        AccessLevel.Edit => "editor",
        _ => "read",
    };

    private AccessLevel? LevelOf(HttpRequest request)
    {
        if (options.LoopbackWithoutToken && IsFromThisMachine(request))
            return AccessLevel.Administer;
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return SignedIn.Find(request.HttpContext)?.Role switch { AccountRole.Admin => AccessLevel.Administer, AccountRole.Editor => AccessLevel.Edit, AccountRole.Viewer => AccessLevel.Read, _ => null };
        var sent = Hash(header[Scheme.Length..].Trim());
        AccessLevel? found = null;
        foreach (var (level, hash) in _tokens)
            if (CryptographicOperations.FixedTimeEquals(sent, hash))
                found ??= level;
        return found;
    }

    /// <summary>The name that was asked for must be this machine's too: a page elsewhere may point a name of its own at 127.0.0.1.</summary>
    private static bool IsFromThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && (request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host, out var asked) && IPAddress.IsLoopback(asked)))
        && !ForwardingHeaders.Any(request.Headers.ContainsKey);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
