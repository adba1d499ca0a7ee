namespace SyncHealth.Storage.Releases;

/// <summary>A notice of a release that this process, and no other, may send for now.</summary>
/// <param name="Fence">Proof of the lease: an outcome is recorded only under the newest.</param>
/// <param name="Attempts">Attempts including this one.</param>
/// <param name="CreatedAt">Wall clock.</param>
/// <param name="FirstEventAt">When its first device was heard.</param>
public sealed record LeasedReleaseNotice(
    string App, string Version, string Receiver, long Fence, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset FirstEventAt);
