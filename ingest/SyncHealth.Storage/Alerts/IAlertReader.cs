namespace SyncHealth.Storage.Alerts;

/// <summary>Reads alert instances and their history for pages, API and command line.</summary>
public interface IAlertReader
{
    /// <summary>Instances that are pending, firing or recovering, most severe first; of one app, or of all.</summary>
    Task<IReadOnlyList<AlertSummary>> ListActiveAsync(string? app, CancellationToken cancellationToken);

    /// <summary>Transitions in [<paramref name="from"/>, <paramref name="to"/>), newest first.</summary>
    Task<IReadOnlyList<AlertTransitionSummary>> ListHistoryAsync(
        string? app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>The alerts that stood open at a past moment, each by the change that put it there with what that evaluation saw; most severe first.</summary>
    Task<IReadOnlyList<AlertTransitionSummary>> ListAsOfAsync(string? app, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>When the newest round of evaluations was completed, on the wall clock; null before the first.</summary>
    Task<DateTimeOffset?> ReadLastRoundAsync(CancellationToken cancellationToken);

    /// <summary>Rules whose alerts reach nobody, because none of the receivers they name is configured; by name.</summary>
    Task<IReadOnlyList<string>> ListUnreachedRulesAsync(CancellationToken cancellationToken);
}
