using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Detectors;

/// <summary>How devices came back in a window.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="At">The moment of the answer, on the shared clock: the present, or the one that was asked.</param>
/// <param name="WithinSeconds">Length of the window before it.</param>
/// <param name="Groups">In natural order of their keys; segments in which nobody came back are absent. Times in seconds.</param>
/// <param name="Peak">The minute with most requests; null when there was none.</param>
/// <param name="UsualRequests">Requests of the median minute; null when there was none.</param>
/// <param name="IsStorm">Whether the peak is a retry storm: three times a usual minute, and 20 requests.</param>
/// <param name="Minutes">Requests (attempts and their retries) and returns by minute; minutes in which nothing happened are absent.</param>
public sealed record DrainAnswer(
    string App, DateTimeOffset At, double WithinSeconds, IReadOnlyList<DrainGroup> Groups, ReturnMinute? Peak, long? UsualRequests, bool IsStorm, IReadOnlyList<ReturnMinute> Minutes);
