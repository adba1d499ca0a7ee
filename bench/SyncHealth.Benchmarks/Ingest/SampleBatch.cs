namespace SyncHealth.Benchmarks.Ingest;

/// <summary>The events of one device's upload.</summary>
internal sealed record SampleBatch(string DeviceId, string AppVersion, string Os, string OsVersion, IReadOnlyList<SampleEvent> Events);
