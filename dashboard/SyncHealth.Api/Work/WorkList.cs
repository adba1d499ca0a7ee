namespace SyncHealth.Api.Work;

/// <summary>Where the work of devices stands.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="At">The present, on the shared clock.</param>
/// <param name="Devices">The devices that were meant, latest seen first; empty when there is none.</param>
/// <param name="Limits">What such an answer can and cannot know.</param>
public sealed record WorkList(string App, DateTimeOffset At, IReadOnlyList<WorkView> Devices, string Limits);
