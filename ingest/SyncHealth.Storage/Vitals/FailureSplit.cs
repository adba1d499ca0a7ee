namespace SyncHealth.Storage.Vitals;

/// <summary>Attempts that did not succeed, by who is to blame: the client's network, the server, or the app (everything else, cancelled included).</summary>
public readonly record struct FailureSplit(long Offline, long Server, long App);
