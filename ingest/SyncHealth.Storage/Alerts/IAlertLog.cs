namespace SyncHealth.Storage.Alerts;

/// <summary>Reads how alerts came about, and who was told.</summary>
public interface IAlertLog
{
    /// <summary>Transitions in [<paramref name="from"/>, <paramref name="to"/>), newest first.</summary>
    Task<IReadOnlyList<LoggedTransition>> ListTransitionsAsync(string app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>Notifications of the transitions in [<paramref name="from"/>, <paramref name="to"/>), newest first.</summary>
    Task<IReadOnlyList<LoggedDelivery>> ListDeliveriesAsync(string app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>The rules as loaded, by name.</summary>
    Task<IReadOnlyList<LoggedRule>> ListRulesAsync(CancellationToken cancellationToken);
}
