namespace SyncHealth.Storage.Writes;

/// <summary>Dictionary ids of a <see cref="SegmentKey"/>.</summary>
internal readonly record struct SegmentIds(int SegmentId, int CoreId);
