namespace SyncHealth.Storage.Devices;

/// <summary>One thing that is known about a device's work.</summary>
/// <param name="State">What it shows.</param>
/// <param name="Items">Items it is about; null where it is about all or nobody knows.</param>
/// <param name="At">When it was so: the report that says it, or the server's log.</param>
/// <param name="Since">Since when it is so; null where that is not known or means nothing.</param>
/// <param name="By">On whose word.</param>
public sealed record WorkEvidence(WorkState State, long? Items, DateTimeOffset At, DateTimeOffset? Since = null, Witness By = Witness.Device);
