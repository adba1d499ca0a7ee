using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Triggers;

/// <summary>Counts by reason what was put off, or joined a running cycle, until the next report takes it. Any thread may write.</summary>
internal sealed class DeferralLog
{
    private readonly Lock _lock = new();
    private Dictionary<string, int> _counts = [];

    /// <summary>Counts one of <see cref="Deferrals"/>.</summary>
    public void Note(string reason)
    {
        lock (_lock)
            _counts[reason] = _counts.GetValueOrDefault(reason) + 1;
    }

    /// <summary>Counts a trigger that a running cycle serves.</summary>
    public void NoteJoined(SyncTrigger trigger) => Note(Deferrals.Joined + Wire.Trigger.NameOf(trigger));

    /// <summary>What was counted since the last call; the caller reports it.</summary>
    public IReadOnlyDictionary<string, int> Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = [];
            return taken;
        }
    }
}
