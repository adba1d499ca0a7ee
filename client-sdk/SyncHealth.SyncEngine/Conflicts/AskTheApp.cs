using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>
/// Nobody but a person decides: both edits are kept, this device's stays on the screen and is not sent, until the app settles the conflict with
/// <see cref="ManualConflicts"/>. For data where either loss would be wrong: a price, a diagnosis.
/// </summary>
public sealed class AskTheApp : IConflictStrategy
{
    /// <inheritdoc/>
    public ConflictStrategy Name => ConflictStrategy.Manual;

    /// <inheritdoc/>
    public bool SettlesOnDevice => true;

    /// <inheritdoc/>
    public Resolution? Resolve(Revision local, Revision remote, Revision? origin) => null;
}
