using SyncHealth.Contracts;
using SyncHealth.Ingest.Health;
using SyncHealth.Ingest.Limits;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>The last steps of every request: budget, commit, and what the commit's end means to the sender.</summary>
internal sealed class Committer(IEventWriter writer, EventBudget budget, IngestMetrics metrics, IntakeTallies tallies)
{
    private static readonly TimeSpan RetryAfterOverload = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfterOutage = TimeSpan.FromSeconds(5);

    public async ValueTask<IngestOutcome> CommitAsync(IntakeResult taken, IngestKey key, CancellationToken cancellationToken)
    {
        var batch = taken.Batch;
        if (budget.Take(key, batch) is { } spent)
            return IngestOutcome.Refused(spent);
        if (batch.Events.Count + batch.Quarantined.Count + batch.Drops.Count == 0)
            return Counted(new IngestOutcome(null, 0, 0, taken.Rejections), taken, key, idConflicts: 0);

        // The wait bounds a real database, so it is measured on the real clock.
        var start = TimeProvider.System.GetTimestamp();
        using var span = IngestMetrics.Activities.StartActivity("commit");
        span?.SetTag("synchealth.batch.size", batch.Events.Count);
        var receipt = await writer.WriteAsync(batch, cancellationToken);
        if (RefusalOf(receipt.Status) is { } refusal)
            return IngestOutcome.Refused(refusal);
        metrics.CountCommitted(batch, receipt, TimeProvider.System.GetElapsedTime(start));
        var rejections = receipt.Erased is { } erased ? WithErased(taken.Rejections, erased) : taken.Rejections;
        return Counted(new IngestOutcome(null, receipt.Accepted, receipt.Duplicates, rejections), taken, key, receipt.IdConflicts);
    }

    /// <summary>Counts what is answered with 200, and nothing that the sender is told to send again. A key's app is whose every event of it is, also one that names another.</summary>
    private IngestOutcome Counted(IngestOutcome outcome, IntakeResult taken, IngestKey key, int idConflicts)
    {
        var (app, at) = (key.AppName ?? taken.App, taken.Batch.ReceivedAt);
        tallies.Note(app, at, TallyReasons.Accepted, outcome.Accepted);
        tallies.Note(app, at, TallyReasons.Duplicate, outcome.Duplicates);
        tallies.Note(app, at, TallyReasons.IdConflict, idConflicts);
        foreach (var rejection in outcome.Rejections)
            tallies.Note(app, at, rejection.Code, 1);
        return outcome;
    }

    /// <summary>Events of who was erased, among the others that were refused, in the order of the request.</summary>
    /// <param name="refused">What was refused before the commit, ascending by index.</param>
    /// <param name="erased">Positions among the events that were not.</param>
    internal static IReadOnlyList<Rejection> WithErased(IReadOnlyList<Rejection> refused, IReadOnlyList<int> erased)
    {
        var all = new List<Rejection>(refused.Count + erased.Count);
        var next = 0;
        foreach (var position in erased.Order())
        {
            // Every refused event before it moves an event's place in the request by one.
            for (; next < refused.Count && refused[next].Index <= position + next; next++)
                all.Add(refused[next]);
            all.Add(new Rejection(position + next, ReasonCodes.DeviceErased, "The data of this device or user was erased here; nothing of it is taken any more."));
        }

        for (; next < refused.Count; next++)
            all.Add(refused[next]);
        return all;
    }

    private static Refusal? RefusalOf(WriteStatus status) => status switch
    {
        WriteStatus.Committed => null,
        WriteStatus.Overloaded => new Refusal(503, ReasonCodes.Overloaded, "The server takes no more events at the moment.", RetryAfterOverload),
        WriteStatus.ShuttingDown => new Refusal(503, ReasonCodes.ShuttingDown, "The server is stopping.", RetryAfterOutage),
        _ => new Refusal(503, ReasonCodes.StorageUnavailable, "The database is away; nothing was stored.", RetryAfterOutage),
    };
}
