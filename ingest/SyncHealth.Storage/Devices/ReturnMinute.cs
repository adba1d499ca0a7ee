namespace SyncHealth.Storage.Devices;

/// <summary>One minute of what a server was asked.</summary>
/// <param name="At">Start of the minute.</param>
/// <param name="Requests">Attempts that ended in it, with their retries.</param>
/// <param name="Returns">Devices that came back in it.</param>
public sealed record ReturnMinute(DateTimeOffset At, long Requests, long Returns);
