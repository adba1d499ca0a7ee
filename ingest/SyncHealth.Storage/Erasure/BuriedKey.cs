namespace SyncHealth.Storage.Erasure;

/// <summary>A key with a tombstone.</summary>
/// <param name="Kind"><c>device</c> or <c>user</c>.</param>
/// <param name="Key">The key.</param>
internal readonly record struct BuriedKey(string Kind, long Key);
