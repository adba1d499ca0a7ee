using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Detectors;

/// <summary>What detectors say of the devices that reported in a window.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="At">The moment of the answer, on the shared clock: the present, or the one that was asked.</param>
/// <param name="WithinSeconds">Length of the window before it.</param>
/// <param name="Groups">In natural order of their keys.</param>
/// <param name="Devices">The devices behind the counts, those with most at stake first.</param>
public sealed record DetectorAnswer(string App, DateTimeOffset At, double WithinSeconds, IReadOnlyList<DetectionGroup> Groups, IReadOnlyList<DetectedDevice> Devices);
