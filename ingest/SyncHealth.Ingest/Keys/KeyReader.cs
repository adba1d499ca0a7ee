using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Keys;

/// <summary>Finds the ingest key in a request's headers.</summary>
internal static class KeyReader
{
    private const string Scheme = "Bearer ";

    /// <summary>Longer texts are no keys and are not looked up.</summary>
    private const int MaxKeyLength = 200;

    /// <summary>The key, or null when the request has none.</summary>
    public static string? Read(HttpRequest request)
    {
        var header = request.Headers[WireHeaders.Key];
        var key = header.Count > 0 ? header.ToString().Trim() : Bearer(request.Headers.Authorization.ToString());
        return key is { Length: > 0 and <= MaxKeyLength } ? key : null;
    }

    private static string? Bearer(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
}
