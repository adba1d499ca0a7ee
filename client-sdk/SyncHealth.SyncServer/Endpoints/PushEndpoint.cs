using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Reporting;
using SyncHealth.SyncServer.Store;

namespace SyncHealth.SyncServer.Endpoints;

/// <summary><c>POST /notes/sync</c>: takes a batch of operations, once per idempotency key.</summary>
internal static class PushEndpoint
{
    /// <summary>Operations of one push: bounds how long an account's lock is held.</summary>
    private const int MaxOperations = 1000;

    /// <summary>Length of an idempotency key in characters; the schema has the same limit.</summary>
    private const int MaxKeyLength = 255;

    public static async Task<IResult> HandleAsync(HttpContext context, NotesStore store, SyncLog contacts, TimeProvider time, ILogger<NotesStore> log)
    {
        if (!Caller.TryRead(context.Request, out var caller))
            return Answers.UnknownCaller();
        var key = context.Request.Headers[ProtocolHeaders.IdempotencyKey].ToString();
        if (key.Length is 0 or > MaxKeyLength)
            return Bad("idempotency_key_required", "A push needs an Idempotency-Key of at most 255 characters.");
        if (await ReadAsync(context) is not { } request)
            return Bad("malformed", "The body is no list of operations.");
        if (request.Operations.Count > MaxOperations)
            return Bad("too_many_operations", $"A push has at most {MaxOperations} operations.");

        var operations = JsonSerializer.SerializeToUtf8Bytes([.. request.Operations.Select(Storable)], ProtocolJson.Default.IReadOnlyListPushOperation);
        try
        {
            var taken = await store.TakePushAsync(
                caller.Account, caller.Device, key, SHA256.HashData(operations), operations, time.GetUtcNow(), context.RequestAborted);
            if (contacts.IsWanted)
                contacts.Note(caller.Device, AppliedIn(taken.Answer));
            return taken.Verdict switch
            {
                PushVerdict.InFlight => Answers.InFlight(context.Response),
                PushVerdict.Reused => Answers.Refuse(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used for other operations."),
                _ => TypedResults.Text(taken.Answer, "application/json"),
            };
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.CheckViolation)
        {
            return Bad("malformed", "An operation holds text that cannot be stored: " + exception.MessageText);
        }
        catch (NpgsqlException exception)
        {
            Log.DatabaseFailed(log, exception);
            return Answers.ComeBack(context.Response);
        }
    }

    private static int AppliedIn(string? answer) =>
        answer is null ? 0 : JsonSerializer.Deserialize(answer, ProtocolJson.Default.PushResponse)!.Results.Count(result => result.Status == PushStatus.Applied);

    private static async Task<PushRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            if (await RequestBody.OpenAsync(context) is not { } body)
                return null;
            var request = await JsonSerializer.DeserializeAsync(body, ProtocolJson.Default.PushRequest, context.RequestAborted);
            return request?.Operations is { } operations && operations.All(IsComplete) ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Postgres stores no NUL; one in a text must not cost the device its whole batch.</summary>
    private static PushOperation Storable(PushOperation operation) =>
        operation.Title.Contains('\0', StringComparison.Ordinal) || operation.Body.Contains('\0', StringComparison.Ordinal)
            ? operation with { Title = operation.Title.Replace('\0', '\uFFFD'), Body = operation.Body.Replace('\0', '\uFFFD') }
            : operation;

    private static bool IsComplete(PushOperation? operation) =>
        operation is { Id.Length: > 0, Kind: not null, Title: not null, Body: not null, EditedAt: >= 0, BaseVersion: >= 0 };

    private static IResult Bad(string code, string title) => Answers.Refuse(StatusCodes.Status400BadRequest, code, title);
}
