namespace SyncHealth.Ingest.Otlp;

/// <summary>An AnyValue, whatever it was encoded in.</summary>
internal readonly ref struct OtlpValue
{
    public OtlpKind Kind { get; init; }

    /// <summary>Unescaped, valid UTF-8 of a text; the undecoded rest of an array or key-value list.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    public long Whole { get; init; }

    public double Real { get; init; }

    public bool Flag { get; init; }
}
