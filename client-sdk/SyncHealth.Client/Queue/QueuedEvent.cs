namespace SyncHealth.Client.Queue;

/// <summary>A stored event: its final JSON and, where one run of the app has seen both its recording and now, its age.</summary>
internal readonly record struct QueuedEvent(byte[] Json, long? AgeMs);
