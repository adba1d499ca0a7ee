namespace SyncHealth.Ingest.Otlp;

/// <summary>What an AnyValue holds.</summary>
internal enum OtlpKind
{
    /// <summary>Nothing: the value is absent.</summary>
    None = 0,
    Text,
    Flag,
    Whole,
    Real,
    Array,
    KeyValues,
    Bytes,
}
