namespace SyncHealth.Client.Recording;

/// <summary>Work that an attempt put off for one reason.</summary>
internal record struct DeferredEntry(string Reason, int Count);
