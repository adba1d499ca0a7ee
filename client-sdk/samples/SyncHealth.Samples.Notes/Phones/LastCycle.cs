using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.Samples.Notes.Phones;

/// <summary>The last sync of a phone, and when it ended on the shared clock.</summary>
public sealed record LastCycle(CycleResult Result, DateTimeOffset At);
