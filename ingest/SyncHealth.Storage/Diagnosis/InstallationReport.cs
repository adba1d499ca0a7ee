namespace SyncHealth.Storage.Diagnosis;

/// <summary>How an installation is: figures, and what someone should change.</summary>
/// <param name="At">The moment on the shared clock.</param>
/// <param name="Schema">Newest migration that the database has; 0 for none.</param>
/// <param name="Facts">What the database says; null when its schema is not this program's.</param>
/// <param name="Processes">Processes that take events.</param>
/// <param name="Tables">Sizes, largest first.</param>
/// <param name="Findings">What someone should change; empty when all is well.</param>
public sealed record InstallationReport(
    DateTimeOffset At, int Schema, InstallationFacts? Facts, IReadOnlyList<LiveProcess> Processes, IReadOnlyList<TableSize> Tables, IReadOnlyList<Finding> Findings);
