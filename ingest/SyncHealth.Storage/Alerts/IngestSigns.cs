namespace SyncHealth.Storage.Alerts;

/// <summary>What speaks for and against ingest being down.</summary>
/// <param name="HasProcess">Whether any process that takes events is known at all.</param>
/// <param name="Lives">Whether one of them gave a sign of life lately.</param>
/// <param name="Arrives">Whether anything of any app arrived lately.</param>
/// <param name="DevicesBefore">Devices heard from shortly before.</param>
public sealed record IngestSigns(bool HasProcess, bool Lives, bool Arrives, long DevicesBefore);
