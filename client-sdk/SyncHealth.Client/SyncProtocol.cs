namespace SyncHealth.Client;

/// <summary>How events travel.</summary>
public enum SyncProtocol
{
    /// <summary>SyncHealth's own JSON, to <c>/v1/events</c>.</summary>
    Json = 0,

    /// <summary>OpenTelemetry log records (OTLP/HTTP, JSON), to <c>/v1/logs</c>: for those who run a collector in between.</summary>
    Otlp = 1,
}
