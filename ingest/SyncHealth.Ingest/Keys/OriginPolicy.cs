using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Ingest.Keys;

/// <summary>CORS by ingest key: a preflight names no key, so it is answered for the origins of any live key; the answer itself only for the key's own.</summary>
internal sealed class OriginPolicy(KeyStore keys)
{
    private const string AnyOrigin = "*";
    private const string Methods = "POST";
    private const string RequestHeaders = "authorization, content-type, content-encoding, idempotency-key, x-synchealth-key, x-synchealth-attempt";

    /// <summary>How long a browser may remember the answer, in seconds: as long as some cap it anyway (Chromium: 2 h).</summary>
    private const string MaxAgeSeconds = "7200";

    // The cache bounds work of a real database and so runs on the real clock.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private volatile Cached? _cached;

    /// <summary>Answers a preflight: 204, with the permission when some live key gives it.</summary>
    public async Task AnswerPreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        var origin = context.Request.Headers.Origin.ToString();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.Vary = HeaderNames.Origin;
        if (origin.Length == 0 || !Allows(await OriginsAsync(context.RequestAborted), origin))
            return;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlMaxAge = MaxAgeSeconds;
    }

    /// <summary>Lets the page that sent the request read its answer, errors included.</summary>
    public static void Apply(HttpContext context, IngestKey key)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0 || !Allows(key.AllowedOrigins, origin.ToString()))
            return;
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = HeaderNames.RetryAfter;
        headers.Vary = HeaderNames.Origin;
    }

    private static bool Allows(IEnumerable<string> origins, string origin) =>
        origins.Any(allowed => allowed == AnyOrigin || string.Equals(allowed.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase));

    private async ValueTask<IReadOnlyCollection<string>> OriginsAsync(CancellationToken cancellationToken)
    {
        if (_cached is { } cached && Clock.GetElapsedTime(cached.At) < KeyStore.CacheFor)
            return cached.Origins;
        try
        {
            var live = (await keys.ListAsync(cancellationToken)).Where(key => key.RevokedAt is null && key.PausedAt is null);
            _cached = new Cached(Clock.GetTimestamp(), [.. live.SelectMany(key => key.AllowedOrigins).Distinct()]);
        }
        catch (DbException) when (_cached is not null)
        {
            // The database is away: what was allowed a moment ago may still ask, and will be told to come back.
            return _cached.Origins;
        }
        catch (DbException exception) when (exception.IsTransient || exception.SqlState is null)
        {
            return [];
        }

        return _cached.Origins;
    }

    private sealed record Cached(long At, IReadOnlyCollection<string> Origins);
}
