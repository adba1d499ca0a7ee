using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Keys;

/// <summary><c>/api/v1/keys</c>: create, list, rotate, pause, resume and revoke ingest keys.</summary>
internal static class KeyRoutes
{
    public static void Map(RouteGroupBuilder administer)
    {
        administer.MapGet("/keys", ListAsync).WithName("keys").WithSummary("All ingest keys, oldest first.").Produces<KeyList>();
        administer.MapPost("/keys", CreateAsync)
            .WithName("createKey")
            .WithSummary("A new key from app, label, origins and eventsPerSecond. Its text is in this answer and nowhere else.")
            .Produces<NewKeyView>(StatusCodes.Status201Created);
        administer.MapPost("/keys/{id}/rotate", RotateAsync)
            .WithName("rotateKey")
            .WithSummary("A successor beside the key, with all that it may do; both write until one is revoked.")
            .Produces<NewKeyView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict);
        administer.MapPost("/keys/{id}/pause", PauseAsync).WithName("pauseKey").WithSummary("Refuses the key until it is resumed.").Produces<KeyView>();
        administer.MapPost("/keys/{id}/resume", ResumeAsync).WithName("resumeKey").WithSummary("Lets a paused key write again.").Produces<KeyView>();
        administer.MapPost("/keys/{id}/revoke", RevokeAsync).WithName("revokeKey").WithSummary("Refuses the key for good, everywhere within 5 seconds.").Produces<KeyView>();
    }

    private static async Task<IResult> ListAsync(KeyStore keys, CancellationToken cancellationToken) =>
        TypedResults.Json(new KeyList([.. (await keys.ListAsync(cancellationToken)).Select(KeyView.Of)]), VitalsRoutes.Json);

    private static async Task<IResult> CreateAsync(HttpRequest request, KeyStore keys, CancellationToken cancellationToken) =>
        Created(await keys.CreateAsync(await KeyRequest.ReadAsync(request, cancellationToken), cancellationToken));

    private static async Task<IResult> RotateAsync(string id, KeyStore keys, CancellationToken cancellationToken)
    {
        if (await keys.RotateAsync(id, cancellationToken) is { } successor)
            return Created(successor);
        var all = await keys.ListAsync(cancellationToken);
        if (all.FirstOrDefault(key => key.Id == id) is not { } found)
            return Unknown(id);
        if (found.RevokedAt is not null)
            return Revoked(id);
        var others = all.Where(key => key.Line == found.Line && key.RevokedAt is null && key.Id != id).Select(key => key.Id);
        return Problems.Of(StatusCodes.Status409Conflict, "two_live_keys", $"Key {id} has a live sibling already: {string.Join(", ", others)}. Revoke one of the two first.");
    }

    private static Task<IResult> PauseAsync(string id, KeyStore keys, CancellationToken cancellationToken) =>
        ChangeAsync(id, keys, keys.PauseAsync, cancellationToken);

    private static Task<IResult> ResumeAsync(string id, KeyStore keys, CancellationToken cancellationToken) =>
        ChangeAsync(id, keys, keys.ResumeAsync, cancellationToken);

    /// <summary>Revoking twice is one revocation: whoever asks wants it gone.</summary>
    private static async Task<IResult> RevokeAsync(string id, KeyStore keys, CancellationToken cancellationToken)
    {
        await keys.RevokeAsync(id, cancellationToken);
        return await FindAsync(id, keys, cancellationToken) is { } found ? TypedResults.Json(KeyView.Of(found), VitalsRoutes.Json) : Unknown(id);
    }

    private static async Task<IResult> ChangeAsync(string id, KeyStore keys, Func<string, CancellationToken, Task<bool>> change, CancellationToken cancellationToken)
    {
        var changed = await change(id, cancellationToken);
        if (await FindAsync(id, keys, cancellationToken) is not { } found)
            return Unknown(id);
        return changed ? TypedResults.Json(KeyView.Of(found), VitalsRoutes.Json) : Revoked(id);
    }

    private static async Task<IngestKey?> FindAsync(string id, KeyStore keys, CancellationToken cancellationToken) =>
        (await keys.ListAsync(cancellationToken)).FirstOrDefault(key => key.Id == id);

    private static JsonHttpResult<NewKeyView> Created(CreatedKey created) =>
        TypedResults.Json(NewKeyView.Of(created), VitalsRoutes.Json, statusCode: StatusCodes.Status201Created);

    private static ProblemHttpResult Unknown(string id) =>
        Problems.Of(StatusCodes.Status404NotFound, "unknown_key", $"There is no key '{id}'. An id is the 12 characters that the list shows, never the key itself.");

    private static ProblemHttpResult Revoked(string id) =>
        Problems.Of(StatusCodes.Status409Conflict, "key_revoked", $"Key {id} is revoked, which is for good. Create another one.");
}
