using System.Data.Common;
using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Finds out who sends a request: by the session in its cookie, by the name that a trusted proxy puts on it, or, in a demo, by its coming from this machine.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessOptions access, SessionStore sessions, VisitorCheck check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>When a browser may try again after a database that did not answer.</summary>
    private const string RetryAfterSeconds = "5";

    private bool _unavailable;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return AuthenticateResult.NoResult();
        try
        {
            return await FindAsync() is { } visitor
                ? AuthenticateResult.Success(new AuthenticationTicket(visitor.ToPrincipal(), Scheme.Name))
                : AuthenticateResult.NoResult();
        }
        catch (DbException exception)
        {
            _unavailable = true;
            Log.SessionNotRead(Logger, exception);
            return AuthenticateResult.NoResult();
        }
    }

    /// <summary>Nobody is signed in: pages lead to where one can, everything else is told so.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_unavailable)
        {
            Response.Headers.RetryAfter = RetryAfterSeconds;
            return Refusal.WriteAsync(Context, StatusCodes.Status503ServiceUnavailable, "The database does not answer", "Who you are cannot be looked up. Load the page again in a few seconds.");
        }

        if (access.IsOpen)
            return Refusal.WriteAsync(Context, StatusCodes.Status403Forbidden, "Open it as 127.0.0.1", "The demo asks for no name, so it answers only this machine, under 127.0.0.1 or localhost.");
        if (access.UserHeader is not null)
            return Refusal.WriteAsync(Context, StatusCodes.Status403Forbidden, "Come through the proxy", "This installation is told by a proxy who you are, and this request came from elsewhere, without a name, or with one that may not look here.");
        if (HttpMethods.IsGet(Request.Method) && !Request.Path.StartsWithSegments("/_blazor") && !Request.Path.StartsWithSegments("/api"))
        {
            Response.Redirect(ReturnPath.SignIn(Request.Path + Request.QueryString));
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refusal.WriteAsync(Context, StatusCodes.Status403Forbidden, "Not with your role", "This page is for admins. An admin can change what you may do, under Setup, People.");

    private async Task<Visitor?> FindAsync()
    {
        if (access.IsOpen)
            return IsOnThisMachine() ? Visitor.Anybody : null;
        if (access.UserHeader is { } header)
            return TrustedProxy.Sent(Context) && Request.Headers[header] is [{ } value] && AccountName.Parse(value) is { } name ? await check.FindNamedAsync(name, Context.RequestAborted) : null;
        return SessionCookie.Read(Request) is { } token && await sessions.FindAsync(token, Context.RequestAborted) is { } session ? Visitor.Of(session) : null;
    }

    /// <summary>The name that was asked for must be this machine's too: a page elsewhere may point a name of its own at 127.0.0.1.</summary>
    private bool IsOnThisMachine() =>
        Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && (Request.Host.Host == "localhost" || (IPAddress.TryParse(Request.Host.Host, out var asked) && IPAddress.IsLoopback(asked)));
}
