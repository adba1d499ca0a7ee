using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Reporting;
using SyncHealth.SyncServer.Store;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary><c>GET /notes/changes?token=&amp;limit=</c>: what has changed since a token; without one, everything.</summary>
internal static class ChangesEndpoint
{
    private const int DefaultLimit = 500;

    /// <summary>Most notes of a page: bounds the memory of one request.</summary>
    private const int MaxLimit = 1000;

    public static async Task<IResult> HandleAsync(HttpContext context, NotesStore store, SyncLog contacts, ILogger<NotesStore> log, string? token = null, int limit = DefaultLimit)
    {
        if (!Caller.TryRead(context.Request, out var caller))
            return Answers.UnknownCaller();
        // A token that cannot be read is as useless as an expired one, and the way out is the same.
        if (!SyncToken.TryParse(token, out var from))
            return Expired();
        try
        {
            var page = await store.ReadChangesAsync(caller.Account, from, Math.Clamp(limit, 1, MaxLimit), context.RequestAborted);
            contacts.Note(caller.Device, accepted: 0);
            return page is null ? Expired() : TypedResults.Json(page, ProtocolJson.Default.ChangesPage);
        }
        catch (NpgsqlException exception)
        {
            Log.DatabaseFailed(log, exception);
            return Answers.ComeBack(context.Response);
        }
    }

    private static IResult Expired() =>
        Answers.Refuse(StatusCodes.Status410Gone, SyncFailure.TokenExpired, "The server no longer knows what has changed since this token. Fetch everything anew.");
}
