namespace SyncHealth.Storage.Intake;

/// <summary>Reads how events arrive, and what of them never counts.</summary>
public interface IIntakeReader
{
    Task<IntakeFacts> ReadFactsAsync(string app, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Attempts that arrived in [<paramref name="from"/>, <paramref name="to"/>), by point and lateness.</summary>
    Task<IReadOnlyList<ArrivalCount>> ReadArrivalsAsync(string app, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken);

    /// <summary>Events received in [<paramref name="from"/>, <paramref name="to"/>) that never counted, most first.</summary>
    Task<IReadOnlyList<IntakeLoss>> ReadLossesAsync(string app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>What became of events received in [<paramref name="from"/>, <paramref name="to"/>), from the start of the five minutes that hold <paramref name="from"/>.</summary>
    Task<IntakeTally> ReadTallyAsync(string app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
