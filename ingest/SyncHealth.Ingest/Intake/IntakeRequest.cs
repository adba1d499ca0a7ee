using SyncHealth.Storage.Keys;

namespace SyncHealth.Ingest.Intake;

/// <summary>What is known about a request beside what its body says.</summary>
internal readonly record struct IntakeRequest
{
    /// <summary>When the request reached the server, on the shared clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The app of the ingest key; null when the key takes any.</summary>
    public string? KeyApp { get; init; }

    /// <summary>Hash of the idempotency key, or without one of the decompressed body.</summary>
    public required long BatchHash { get; init; }

    public bool LikelyResend { get; init; }

    /// <summary>Knows how long apps keep raw events; null: all as long as the contract says.</summary>
    public IKeyFinder? Limits { get; init; }

    /// <summary>The decompressed body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
