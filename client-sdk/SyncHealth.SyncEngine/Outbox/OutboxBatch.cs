namespace SyncHealth.SyncEngine.Outbox;

/// <summary>Operations sealed under one idempotency key: sent again unchanged, under the same key, until the server has answered.</summary>
public sealed record OutboxBatch(string Key, IReadOnlyList<Operation> Operations);
