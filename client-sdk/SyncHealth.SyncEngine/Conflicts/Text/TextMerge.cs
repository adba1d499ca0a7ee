namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>What became of an update.</summary>
/// <param name="Applied">Code points inserted or deleted that this replica had not seen, those that had been waiting for this update among them.</param>
/// <param name="Waiting">Entries that now wait, from this update or earlier ones, for others that have not arrived.</param>
/// <param name="Refusal">Why it was refused, or <see cref="TextRefusal.None"/>.</param>
public readonly record struct TextMerge(int Applied, int Waiting, TextRefusal Refusal);
