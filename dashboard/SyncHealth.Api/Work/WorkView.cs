using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Work;

/// <summary>Where the work of one device stands.</summary>
/// <param name="Key">The opaque device key.</param>
/// <param name="State">The gravest of the evidence: <c>discarded</c>, <c>rejected</c>, <c>overwritten</c>, <c>stuck</c>, <c>queued</c>, <c>unknown</c> or <c>on_server</c>.</param>
/// <param name="ProvenAt">The last report, or the last time after it that the server took something: what happened after that nobody can say.</param>
/// <param name="Evidence">All that is known, the gravest first.</param>
/// <param name="MissingReports">Reports that never arrived: the evidence may have holes.</param>
/// <param name="Server">What the log of the app's own sync server adds.</param>
public sealed record WorkView(string Key, string State, DateTimeOffset ProvenAt, IReadOnlyList<WorkEvidenceView> Evidence, long MissingReports, ServerView Server)
{
    public static WorkView Of(WorkStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return new WorkView(
            standing.Key, NameOf(standing.State), standing.ProvenAt,
            [.. standing.Evidence.Select(one => new WorkEvidenceView(NameOf(one.State), one.Items, one.At, one.Since, one.By == Witness.Server ? "server" : "device"))], standing.MissingReports,
            ServerView.Of(standing.Server));
    }

    private static string NameOf(WorkState state) => state switch
    {
        WorkState.Discarded => "discarded",
        WorkState.Rejected => "rejected",
        WorkState.Overwritten => "overwritten",
        WorkState.Stuck => "stuck",
        WorkState.Queued => "queued",
        WorkState.OnServer => "on_server",
        _ => "unknown",
    };
}
