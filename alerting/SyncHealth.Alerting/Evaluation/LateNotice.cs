namespace SyncHealth.Alerting.Evaluation;

/// <summary>Who is told of a breach that late data shows.</summary>
public static class LateNotice
{
    /// <summary>A window that ended longer ago wakes nobody: it is for the channel and the ticket.</summary>
    private static readonly TimeSpan PageWithin = TimeSpan.FromHours(2);

    /// <summary>Whether receivers that wake people are left out.</summary>
    public static bool IsTooOldToPage(TimeWindow window, DateTimeOffset now) => now - window.To >= PageWithin;
}
