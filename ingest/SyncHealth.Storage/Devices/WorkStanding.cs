namespace SyncHealth.Storage.Devices;

/// <summary>The answer to "is my work lost?" for one device: on its own word, and on its server's where that sends its log; for the device as a whole and not for a single note. Pure.</summary>
/// <param name="Key">The opaque device key.</param>
/// <param name="State">The gravest of what is known.</param>
/// <param name="ProvenAt">The last report, or the last time after it that the server took something: what happened after that nobody can say.</param>
/// <param name="Evidence">All that is known, the gravest first.</param>
/// <param name="MissingReports">Reports that never arrived: the evidence may have holes. 0 when it has none, or the device numbers nothing.</param>
public sealed record WorkStanding(string Key, WorkState State, DateTimeOffset ProvenAt, IReadOnlyList<WorkEvidence> Evidence, long MissingReports)
{
    /// <summary>Work of this age should have left the device: people look at their devices once a day.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromDays(1);

    /// <summary>After this time without a report its last one is old news.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    /// <summary>Syncs in a row that succeed and move nothing while items wait: fewer may have had nothing to send yet.</summary>
    public const int IdleSuccessesOfStuck = 3;

    /// <summary>What the server's own log adds.</summary>
    public ServerStanding Server { get; init; } = ServerStanding.None;

    /// <summary>What the device itself says of the present: the last of its evidence.</summary>
    public WorkEvidence Present => Evidence.Last(one => one.By == Witness.Device);

    public static WorkStanding Of(WorkFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var server = ServerStanding.Of(facts);
        WorkEvidence[] evidence =
        [
            .. Counted(WorkState.Discarded, facts.Discarded),
            .. Counted(WorkState.Rejected, facts.Rejected),
            .. Counted(WorkState.Overwritten, facts.Overwritten),
            PresentOf(facts, server.State, now),
            .. TakenSince(facts, server),
        ];
        return new WorkStanding(facts.Key, evidence[0].State, evidence[^1].At, evidence, facts.MissingEvents ?? 0) { Server = server };
    }

    /// <summary>What the server took after the device's last report: nobody else knows of it.</summary>
    private static IEnumerable<WorkEvidence> TakenSince(WorkFacts facts, ServerStanding server)
    {
        if (server is { State: ChannelState.TelemetryBlocked, Word: { AcceptedAt: { } at, AcceptedItems: var items } } && at > facts.LastSeenAt)
            yield return new WorkEvidence(WorkState.OnServer, items, at, By: Witness.Server);
    }

    private static IEnumerable<WorkEvidence> Counted(WorkState state, WorkCount count)
    {
        if (count is { Items: > 0, LastAt: { } at })
            yield return new WorkEvidence(state, count.Items, at);
    }

    private static WorkEvidence PresentOf(WorkFacts facts, ChannelState server, DateTimeOffset now)
    {
        if (facts.QueueDepth > 0)
            return new WorkEvidence(IsStuck(facts, now) ? WorkState.Stuck : WorkState.Queued, facts.QueueDepth, facts.LastSeenAt, facts.OldestPendingAt);
        // An empty queue proves nothing on a device that has never reached the server: it may not have looked yet.
        // Nor does a success that the server knows nothing of.
        return facts.LastSuccessAt is not null && server != ChannelState.Disputed && now - facts.LastSeenAt < FreshFor
            ? new WorkEvidence(WorkState.OnServer, null, facts.LastSeenAt)
            : new WorkEvidence(WorkState.Unknown, null, facts.LastSeenAt, facts.LastSuccessAt is null ? null : facts.LastSeenAt);
    }

    private static bool IsStuck(WorkFacts facts, DateTimeOffset now) =>
        facts.IdleSuccesses >= IdleSuccessesOfStuck || (facts.OldestPendingAt is { } oldest && now - oldest >= StuckAfter);
}
