namespace SyncHealth.Storage.Writes;

/// <summary>A client's own account of events it dropped. Counted once per (device, report), so a resend adds nothing. The user's key only says whose it is.</summary>
/// <param name="BatchHash">The report: the batch that tells it, unless the account has a name of its own.</param>
public readonly record struct ReportedDrop(string App, long DeviceKey, long BatchHash, string Reason, long Count, long? UserKey = null)
{
    /// <summary>Set where some of the events may have arrived: those are not lost.</summary>
    public DoubtfulRange? Doubt { get; init; }
}
