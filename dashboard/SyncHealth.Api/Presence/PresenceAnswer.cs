using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Presence;

/// <summary>Who is still there, and how fresh the data of all expected devices is.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="At">The present, on the shared clock.</param>
/// <param name="WithinSeconds">How recent a report or a success had to be.</param>
/// <param name="Groups">In natural order of their keys.</param>
public sealed record PresenceAnswer(string App, DateTimeOffset At, double WithinSeconds, IReadOnlyList<PresenceGroup> Groups);
