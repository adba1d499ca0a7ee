namespace SyncHealth.Storage.Fold;

/// <summary>What a segment stands for: its values of three dimensions, at core grain version, system and network, at fine grain system version, type and trigger.</summary>
internal sealed record SegmentValues(int Id, int AppId, string Environment, string First, string Second, string Third);
