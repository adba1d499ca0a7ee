namespace SyncHealth.Contracts;

/// <summary>Names of the headers of <c>POST /v1/events</c>.</summary>
public static class WireHeaders
{
    /// <summary>Id of the batch, the same at every resend.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>How often the batch has been sent, this time included, from 1: above 1 it may hold events that the server has.</summary>
    public const string Attempt = "X-SyncHealth-Attempt";

    /// <summary>Ingest key, for senders that cannot set <c>Authorization</c>.</summary>
    public const string Key = "X-SyncHealth-Key";
}
