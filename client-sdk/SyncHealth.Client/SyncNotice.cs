namespace SyncHealth.Client;

/// <summary>Something that the host should know about its telemetry.</summary>
/// <param name="Code">Stable code, for example <c>key_refused</c>, <c>storage_unavailable</c> or <c>queue_damaged</c>.</param>
/// <param name="Message">What happened and what to do, in one sentence; holds no key and no user data.</param>
public sealed record SyncNotice(string Code, string Message);
