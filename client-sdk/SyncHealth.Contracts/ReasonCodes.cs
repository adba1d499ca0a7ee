namespace SyncHealth.Contracts;

/// <summary>The stable codes of rejected events and refused requests. They are promises: never rename one.</summary>
public static class ReasonCodes
{
    public const string TimestampOutOfRange = "timestamp_out_of_range";
    public const string TimestampRequired = "timestamp_required";
    public const string TypeRequired = "type_required";
    public const string InvalidType = "invalid_type";
    public const string SuccessRequired = "success_required";
    public const string DurationRequired = "duration_required";
    public const string DurationOutOfRange = "duration_out_of_range";
    public const string InconsistentOutcome = "inconsistent_outcome";
    public const string InvalidField = "invalid_field";
    public const string AppRequired = "app_required";
    public const string AppMismatch = "app_mismatch";
    public const string UnknownApp = "unknown_app";
    public const string MalformedJson = "malformed_json";
    public const string MalformedBody = "malformed_body";
    public const string InvalidKey = "invalid_key";
    public const string KeyRequired = "key_required";
    public const string TooLarge = "too_large";
    public const string TooManyEvents = "too_many_events";
    public const string UnsupportedEncoding = "unsupported_encoding";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string RateLimited = "rate_limited";
    public const string Overloaded = "overloaded";
    public const string StorageUnavailable = "storage_unavailable";
    public const string SchemaOutdated = "schema_outdated";
    public const string ShuttingDown = "shutting_down";
}
