using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Reporting;
using SyncHealth.SyncServer.Store;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary>
/// <c>GET /notes/changes?limit=</c>: what has changed since <c>token=</c>, or since the moment <c>since=</c>; without either, everything.
/// </summary>
internal static class ChangesEndpoint
{
    public const int DefaultLimit = 500;

    /// <summary>Most notes of a page: bounds the memory of one request.</summary>
    public const int MaxLimit = 1000;

    public static async Task<IResult> HandleAsync(
        HttpContext context, NotesStore store, SyncLog contacts, ILogger<NotesStore> log, string? token = null, string? since = null, int limit = DefaultLimit)
    {
        if (!Caller.TryRead(context.Request, out var caller))
            return Answers.UnknownCaller();
        try
        {
            var page = await ReadAsync(store, caller.Account, token, since, Math.Clamp(limit, 1, MaxLimit), context.RequestAborted);
            contacts.Note(caller.Device, accepted: 0);
            return page is null ? Answers.Expired() : PageAnswer.Of(context, page);
        }
        catch (NpgsqlException exception)
        {
            Log.DatabaseFailed(log, exception);
            return Answers.ComeBack(context.Response);
        }
    }

    /// <summary>Null when the device has to fetch everything anew: what cannot be read is as useless as what has expired.</summary>
    private static async Task<ChangesPage?> ReadAsync(NotesStore store, string account, string? token, string? since, int limit, CancellationToken cancellationToken)
    {
        if (since is not null)
            return SinceCursor.TryParse(since, out var cursor) ? await store.ReadChangesAsync(account, cursor, limit, cancellationToken) : null;
        return SyncToken.TryParse(token, out var from) ? await store.ReadChangesAsync(account, from, limit, cancellationToken) : null;
    }
}
