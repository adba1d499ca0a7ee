namespace SyncHealth.Alerting.Worker.Digests;

/// <summary>What is stored of a digest of one app.</summary>
/// <param name="ToldFor">The newest due moment that was told, or that was over when the digest was first seen.</param>
internal sealed record RememberedDigest(DateTimeOffset ToldFor);
