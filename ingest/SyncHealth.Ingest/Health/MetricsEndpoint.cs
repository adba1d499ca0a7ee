using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Ingest.Health;

/// <summary><c>GET /metrics</c>: every registered source in turn, for this machine or for whoever has the token.</summary>
internal sealed class MetricsEndpoint(IEnumerable<IMetricsSource> sources, IngestOptions options)
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const string Scheme = "Bearer ";

    /// <summary>A request with one of these came through a proxy: its loopback address is the proxy's, not the reader's.</summary>
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public async Task HandleAsync(HttpContext context)
    {
        if (!MayRead(context))
        {
            await Problem.WriteAsync(context.Response, new Refusal(401, ReasonCodes.KeyRequired, "Read /metrics from this machine, or send the metrics token as 'Authorization: Bearer …'."));
            return;
        }

        var page = new StringBuilder();
        foreach (var source in sources)
            await AppendAsync(page, source, context.RequestAborted);
        context.Response.ContentType = ContentType;
        await context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    /// <summary>A database that is away takes its own families from the page, not those that would tell about it.</summary>
    private static async Task AppendAsync(StringBuilder page, IMetricsSource source, CancellationToken cancellationToken)
    {
        var length = page.Length;
        try
        {
            await source.WriteAsync(page, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            page.Length = length;
            page.Append(CultureInfo.InvariantCulture, $"# {source.GetType().Name} failed: {exception.GetType().Name}\n");
        }
    }

    private bool MayRead(HttpContext context) => IsLocal(context) || HasToken(context.Request.Headers.Authorization.ToString());

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !ForwardingHeaders.Any(context.Request.Headers.ContainsKey);

    private bool HasToken(string authorization) =>
        options.MetricsToken is { } token && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()), Encoding.UTF8.GetBytes(token));
}
