namespace SyncHealth.Contracts;

/// <summary>The stable codes of rejected events and refused requests. They are promises: never rename one.</summary>
public static class ReasonCodes
{
    /// <summary>The event lies too far ahead or further back than events are kept.</summary>
    public const string TimestampOutOfRange = "timestamp_out_of_range";

    /// <summary>The event has no usable timestamp.</summary>
    public const string TimestampRequired = "timestamp_required";

    /// <summary>The event has no type.</summary>
    public const string TypeRequired = "type_required";

    /// <summary>The event's type is none of the contract's.</summary>
    public const string InvalidType = "invalid_type";

    /// <summary>The event does not say whether it succeeded.</summary>
    public const string SuccessRequired = "success_required";

    /// <summary>The event has no duration.</summary>
    public const string DurationRequired = "duration_required";

    /// <summary>The duration is negative.</summary>
    public const string DurationOutOfRange = "duration_out_of_range";

    /// <summary>Outcome and success contradict each other.</summary>
    public const string InconsistentOutcome = "inconsistent_outcome";

    /// <summary>A field has another type than the contract's.</summary>
    public const string InvalidField = "invalid_field";

    /// <summary>Neither the resource nor the key names an app.</summary>
    public const string AppRequired = "app_required";

    /// <summary>The resource names another app than the key's.</summary>
    public const string AppMismatch = "app_mismatch";

    /// <summary>The data of the event's device or user was erased; nothing of it is taken any more.</summary>
    public const string DeviceErased = "device_erased";

    /// <summary>Nothing was ever received for that app.</summary>
    public const string UnknownApp = "unknown_app";

    /// <summary>The body is no JSON, or not of the contract's shape.</summary>
    public const string MalformedJson = "malformed_json";

    /// <summary>The body is not what its headers say, for example no valid gzip or protobuf.</summary>
    public const string MalformedBody = "malformed_body";

    /// <summary>The ingest key is unknown, paused or revoked.</summary>
    public const string InvalidKey = "invalid_key";

    /// <summary>The request carries no ingest key.</summary>
    public const string KeyRequired = "key_required";

    /// <summary>The body is over the size limit, before or after decompression.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The batch holds more events than one batch may.</summary>
    public const string TooManyEvents = "too_many_events";

    /// <summary>The content coding is neither gzip nor none.</summary>
    public const string UnsupportedEncoding = "unsupported_encoding";

    /// <summary>The content type is not one that the route takes.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>The key has used up its rate; Retry-After says when to come back.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The server has no room at the moment; Retry-After says when to come back.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The database cannot be reached; Retry-After says when to come back.</summary>
    public const string StorageUnavailable = "storage_unavailable";

    /// <summary>The database has not been migrated to this program's schema yet.</summary>
    public const string SchemaOutdated = "schema_outdated";

    /// <summary>The server is stopping; another one, or a later try, will take it.</summary>
    public const string ShuttingDown = "shutting_down";
}
