namespace SyncHealth.Client.Queue;

/// <summary>The queue file has a schema that this version does not know. It is left alone for the version that made it.</summary>
internal sealed class NewerQueueException() : Exception("The queue file was made by a newer version of SyncHealth.Client.");
