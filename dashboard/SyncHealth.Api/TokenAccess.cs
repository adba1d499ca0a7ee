using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Api;

/// <summary>Lets a request read: with the read token, or from this machine where the options say so.</summary>
internal sealed class ReadAccess(ApiOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Headers by which a proxy on this machine says that the caller is elsewhere.</summary>
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    /// <summary>Hashes have one length whatever was sent, so that comparing them tells nothing about the token.</summary>
    private readonly byte[]? _tokenHash = options.ReadToken is { } token ? Hash(token) : null;

    public async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if ((options.LoopbackWithoutToken && IsFromThisMachine(request)) || HasToken(request))
            return await next(context);

        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(StatusCodes.Status401Unauthorized, "token_required", "This route needs the read token: Authorization: Bearer TOKEN.");
    }

    private static bool IsFromThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !ForwardingHeaders.Any(request.Headers.ContainsKey);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private bool HasToken(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return _tokenHash is not null
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _tokenHash);
    }
}
