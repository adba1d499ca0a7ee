using Microsoft.AspNetCore.Http;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary>Refusals, as problem details with a stable code.</summary>
internal static class Answers
{
    /// <summary>Seconds after which a device may try again when the database is away: long enough for a restart of Postgres to get going.</summary>
    private const string RetryAfterSeconds = "2";

    /// <summary>Seconds after which a push that is still being worked on may be asked for again: one takes milliseconds, behind others of its account longer.</summary>
    private const string InFlightSeconds = "1";

    public static IResult Refuse(int status, string code, string title) =>
        TypedResults.Problem(title: title, statusCode: status, extensions: [new("code", code)]);

    public static IResult UnknownCaller() =>
        Refuse(StatusCodes.Status400BadRequest, "caller_required", "Account and device must be named in the headers, in ASCII, with at most 200 characters.");

    public static IResult Expired() =>
        Refuse(StatusCodes.Status410Gone, SyncFailure.TokenExpired, "The server no longer knows what has changed since then. Fetch everything anew.");

    /// <summary>409 as in draft-ietf-httpapi-idempotency-key-header-07, section 2.6: not done, not refused; the same push again.</summary>
    public static IResult InFlight(HttpResponse response)
    {
        response.Headers.RetryAfter = InFlightSeconds;
        return Refuse(StatusCodes.Status409Conflict, "push_in_flight", "A push of this Idempotency-Key is still being worked on. Send it again.");
    }

    public static IResult ComeBack(HttpResponse response)
    {
        response.Headers.RetryAfter = RetryAfterSeconds;
        return Refuse(StatusCodes.Status503ServiceUnavailable, "database_away", "The notes database does not answer.");
    }
}
