namespace SyncHealth.Contracts;

/// <summary>Why a client gave an event up. They travel in <c>dropped</c> and are promises: never rename one.</summary>
public static class DropReasons
{
    /// <summary>The durable queue was at its size limit: the oldest events went.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>The event was older than the server accepts.</summary>
    public const string Expired = "expired";

    /// <summary>The memory buffer before the disk was full.</summary>
    public const string BufferFull = "buffer_full";

    /// <summary>The server refused the single event as malformed.</summary>
    public const string Poison = "poison";

    /// <summary>The single event was larger than the server takes.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The server failed on the event again and again (500).</summary>
    public const string ServerError = "server_error";

    /// <summary>The queue file was damaged and set aside.</summary>
    public const string QueueDamaged = "queue_damaged";

    /// <summary>The disk refused the event until the app ended.</summary>
    public const string StorageError = "storage_error";
}
