namespace SyncHealth.Ingest.Otlp;

/// <summary>The plain fields of a LogRecord that matter here.</summary>
internal enum OtlpJsonField
{
    Other = 0,
    TimeUnixNano,
    ObservedTimeUnixNano,
    EventName,
}
