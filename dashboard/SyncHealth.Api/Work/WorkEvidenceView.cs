namespace SyncHealth.Api.Work;

/// <summary>One thing that is known about a device's work.</summary>
/// <param name="State">What it shows; as in <see cref="WorkView"/>.</param>
/// <param name="Items">Items it is about; null where it is about all or nobody knows.</param>
/// <param name="At">When it was so: the report that says it, or the server's log.</param>
/// <param name="Since">Since when; null where that is not known.</param>
/// <param name="By">On whose word: <c>device</c> or <c>server</c>.</param>
public sealed record WorkEvidenceView(string State, long? Items, DateTimeOffset At, DateTimeOffset? Since, string By);
