using SyncHealth.Storage.Apps;

namespace SyncHealth.Dashboard.Setup;

/// <summary>An app as the setup page lists it.</summary>
/// <param name="Environments">That its events came from; none before the first.</param>
public sealed record AppLine(AppSetting Setting, IReadOnlyList<string> Environments)
{
    /// <summary>Whether an event of it has arrived.</summary>
    public bool HasSent => Environments.Count > 0;
}
