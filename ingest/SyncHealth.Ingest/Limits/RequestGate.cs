using Microsoft.AspNetCore.Http;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Keys;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Limits;

/// <summary>What every request passes before a byte of its meaning is read: key, budget, media type, room in the queue, size.</summary>
internal sealed class RequestGate(IKeyFinder keys, KeyUse use, EventBudget budget, IEventWriter writer, BodyReader bodies)
{
    private static readonly TimeSpan RetryAfterOverload = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfterOutage = TimeSpan.FromSeconds(5);

    /// <param name="context">The request.</param>
    /// <param name="mediaTypes">Content types that the route takes, without parameters.</param>
    /// <param name="maxBytes">Size of the body after decompression.</param>
    /// <returns>The admission, which the caller disposes, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async ValueTask<(Admission? Admission, Refusal? Refusal)> AdmitAsync(HttpContext context, string[] mediaTypes, int maxBytes)
    {
        if (KeyReader.Read(context.Request) is not { } text)
            return (null, new Refusal(401, ReasonCodes.KeyRequired, "Send an ingest key as 'Authorization: Bearer …' or 'X-SyncHealth-Key: …'."));
        var found = await keys.FindAsync(text, context.RequestAborted);
        if (found.Status == KeyLookupStatus.Unavailable)
            return (null, new Refusal(503, ReasonCodes.StorageUnavailable, "The database is away; the key cannot be looked up.", RetryAfterOutage));
        if (found.Key is not { } key)
            return (null, new Refusal(401, ReasonCodes.InvalidKey, "The ingest key is unknown, paused or revoked."));

        use.Note(key.Id);
        OriginPolicy.Apply(context, key);
        if (budget.Ask(key) is { } spent)
            return (null, spent);
        if (!MediaTypes.Accepts(context.Request.ContentType, mediaTypes))
            return (null, new Refusal(415, ReasonCodes.UnsupportedMediaType, $"Content-Type must be {string.Join(" or ", mediaTypes)} in UTF-8."));

        // Before the body is read: what is refused must cost little, or refusing is what the server spends its time on.
        if (writer.IsOverloaded)
            return (null, new Refusal(503, ReasonCodes.Overloaded, "The server takes no more events at the moment.", RetryAfterOverload));
        var (body, refusal) = await bodies.ReadAsync(context, maxBytes);
        return body is null ? (null, refusal) : (new Admission(key, body), null);
    }
}
