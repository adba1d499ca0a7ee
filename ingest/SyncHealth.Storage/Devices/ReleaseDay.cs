namespace SyncHealth.Storage.Devices;

/// <summary>How far a release had spread on a day.</summary>
/// <param name="At">Start of the day, UTC.</param>
/// <param name="AppVersion">The release.</param>
/// <param name="Devices">Distinct devices with an attempt on it: exact to 1,000, above an estimate of 1.6 % standard error.</param>
/// <param name="DevicesOnAny">The same over all releases of that day; a device that updates counts once here and in two releases.</param>
public sealed record ReleaseDay(DateTimeOffset At, string AppVersion, long Devices, long DevicesOnAny);
