namespace SyncHealth.Client.Recording;

/// <summary>What travels from callers to the queue's owner: an event, or a question "is everything before me on disk?".</summary>
internal readonly record struct QueueItem(EventRecord? Event, TaskCompletionSource<bool>? Barrier);
