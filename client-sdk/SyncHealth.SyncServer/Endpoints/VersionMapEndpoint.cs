using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Reporting;
using SyncHealth.SyncServer.Store;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary><c>POST /notes/changes?limit=</c> with <c>known_versions</c>: what the account has beyond what the device knows.</summary>
internal static class VersionMapEndpoint
{
    /// <summary>Most records of a map: bounds the memory of one request; a device with more asks by token.</summary>
    private const int MaxKnown = 200_000;

    public static async Task<IResult> HandleAsync(HttpContext context, NotesStore store, SyncLog contacts, ILogger<NotesStore> log, int limit = ChangesEndpoint.DefaultLimit)
    {
        if (!Caller.TryRead(context.Request, out var caller))
            return Answers.UnknownCaller();
        if (await ReadAsync(context) is not { Versions: { } known })
            return Answers.Refuse(StatusCodes.Status400BadRequest, "malformed", "The body is no map of known versions.");
        if (known.Count > MaxKnown)
            return Answers.Refuse(StatusCodes.Status413PayloadTooLarge, "too_many_versions", $"A map has at most {MaxKnown} versions. Ask by token.");
        try
        {
            var versions = JsonSerializer.SerializeToUtf8Bytes(known, ProtocolJson.Default.IReadOnlyDictionaryStringInt64);
            var page = await store.ReadChangesAsync(caller.Account, versions, Math.Clamp(limit, 1, ChangesEndpoint.MaxLimit), context.RequestAborted);
            contacts.Note(caller.Device, accepted: 0);
            return page is null ? Answers.Expired() : PageAnswer.Of(context, page);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire)
        {
            return Answers.Refuse(StatusCodes.Status400BadRequest, "malformed", "The map holds an id that cannot be stored: " + exception.MessageText);
        }
        catch (NpgsqlException exception)
        {
            Log.DatabaseFailed(log, exception);
            return Answers.ComeBack(context.Response);
        }
    }

    private static async Task<KnownVersions?> ReadAsync(HttpContext context)
    {
        try
        {
            return await RequestBody.OpenAsync(context) is { } body
                ? await JsonSerializer.DeserializeAsync(body, ProtocolJson.Default.KnownVersions, context.RequestAborted)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
